package ledger

import (
	"context"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the operations of the proof. Checkpoints are for everyone: they are worth the more, the more people keep
// them. A line's proof is for the store whose line it is, and for the coordinator.
func (s *Service) Routes(api *web.API) {
	web.Get(api, "/street/ledger/seal", web.Op{ID: "street-seal", Summary: "The ledger's last checkpoint and the key that signs it", Tag: "ledger", Who: identity.Anyone}, s.getSeal)
	web.Get(api, "/street/ledger/checkpoints", web.Op{ID: "street-checkpoints", Summary: "Every checkpoint of the ledger, the newest first", Tag: "ledger", Who: identity.Anyone}, s.getCheckpoints)
	web.Get(api, "/street/ledger/consistency", web.Op{ID: "street-consistency", Summary: "The proof that one checkpoint goes on from another", Tag: "ledger", Who: identity.Anyone}, s.getConsistency)
	web.Get(api, "/stores/{store}/ledger/lines/{transfer}/proof", web.Op{ID: "store-line-proof", Summary: "A line of the store's ledger with its proof", Tag: "ledger", Who: identity.Manager}, s.getLineProof)
	web.Get(api, "/alliance/ledger/transfers/{transfer}/proof", web.Op{ID: "alliance-transfer-proof", Summary: "Any transfer with its proof", Tag: "ledger", Who: identity.Coordinator}, s.getTransferProof)
}

func (s *Service) getSeal(ctx context.Context, _ *struct{}) (*web.Reply[SealView], error) {
	a, err := s.alliance(ctx, identity.From(ctx).AllianceID)
	if err != nil {
		return nil, err
	}
	key, err := s.VerifierKey(a)
	if err != nil {
		return nil, err
	}
	v := SealView{Origin: a.LedgerOrigin(), Key: key, Next: a.SealNext(s.clock.Now()).UTC()}
	c, err := latest(s.db.Read(ctx), a.ID)
	if c.Size > 0 {
		last := checkpointView(c)
		v.Checkpoint = &last
	}
	return web.OK(v), err
}

type checkpointsInput struct {
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"30"`
}

func (s *Service) getCheckpoints(ctx context.Context, in *checkpointsInput) (*web.Reply[web.Page[CheckpointView]], error) {
	rows, next, err := s.Checkpoints(ctx, identity.From(ctx).AllianceID, in.Cursor, web.Limit(in.Limit, 30, 100))
	views := make([]CheckpointView, len(rows))
	for i, c := range rows {
		views[i] = checkpointView(c)
	}
	return web.OK(web.NewPage(views, next)), err
}

type consistencyInput struct {
	From int64 `query:"from" required:"true" minimum:"1" doc:"the size of the earlier checkpoint"`
	To   int64 `query:"to" required:"true" minimum:"1" doc:"the size of the later one"`
}

func (s *Service) getConsistency(ctx context.Context, in *consistencyInput) (*web.Reply[ConsistencyView], error) {
	hashes, err := s.Consistency(ctx, identity.From(ctx).AllianceID, in.From, in.To)
	return web.OK(ConsistencyView{in.From, in.To, hashesView(hashes)}), err
}

type lineInput struct {
	Store    models.ID `path:"store"`
	Transfer models.ID `path:"transfer"`
}

func (s *Service) getLineProof(ctx context.Context, in *lineInput) (*web.Reply[ProofView], error) {
	p, err := s.StoreProof(ctx, identity.From(ctx).AllianceID, in.Store, in.Transfer)
	return web.OK(proofView(p)), err
}

type transferInput struct {
	Transfer models.ID `path:"transfer"`
}

func (s *Service) getTransferProof(ctx context.Context, in *transferInput) (*web.Reply[ProofView], error) {
	p, err := s.TransferProof(ctx, identity.From(ctx).AllianceID, in.Transfer)
	return web.OK(proofView(p)), err
}
