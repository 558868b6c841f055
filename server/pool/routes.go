package pool

import (
	"context"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	s.streetRoutes(api)
	s.storeRoutes(api)
	s.importRoutes(api)
	s.memberRoutes(api)
	s.allianceRoutes(api)
}

func op(id, summary string, who web.Guard) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "pool", Who: who}
}

// creates is an operation that makes something and may be repeated safely.
func creates(id, summary string, who web.Guard) web.Op {
	return op(id, summary, who).Once().Making()
}

func (s *Service) streetRoutes(api *web.API) {
	web.Get(api, "/street", op("street", "The street: its stores in order, who is open, what is live", identity.Anyone), s.getStreet)
	web.Get(api, "/stores/{store}", op("store", "A store's page", identity.Anyone), s.getStore)
	web.Get(api, "/join/{code}", op("invitation", "What a join link leads to; remembers that this device was here", identity.Anyone), s.getInvitation)
	web.Post(api, "/join/{code}", creates("join", "Become a member through a join link", identity.Anyone), s.postJoin)
}

func (s *Service) storeRoutes(api *web.API) {
	web.Patch(api, "/stores/{store}", op("store-change", "Change a store's face, hours or what is live", identity.Manager), s.patchStore)
	web.Get(api, "/stores/{store}/staff", op("staff", "Who works for the store", identity.Manager), s.getStaff)
	web.Post(api, "/stores/{store}/staff", creates("staff-add", "Add somebody to the staff, or change their role", identity.Owner), s.postStaff)
	web.Do(api, http.MethodDelete, "/stores/{store}/staff/{account}", op("staff-remove", "End somebody's work for the store", identity.Owner), s.deleteStaff)
	web.Get(api, "/stores/{store}/join-links", op("join-links", "The store's join links", identity.Clerk), s.getLinks)
	web.Post(api, "/stores/{store}/join-links", creates("join-link-add", "Make a join link", identity.Manager), s.postLink)
	web.Get(api, "/stores/{store}/customers", op("customers", "The store's own customers", identity.Clerk), s.getCustomers)
}

type noInput struct{}

func (s *Service) getStreet(ctx context.Context, _ *noInput) (*web.Reply[Street], error) {
	street, err := s.Street(ctx, identity.From(ctx).AllianceID)
	return web.OK(street), err
}

// StorePath names a store in an address. (Exported, as are the other paths, since huma reads no unexported embedded fields.)
type StorePath struct {
	Store models.ID `path:"store"`
}

func (s *Service) getStore(ctx context.Context, in *StorePath) (*web.Reply[StorePage], error) {
	page, store, err := s.page(ctx, identity.From(ctx).AllianceID, in.Store)
	return tagged(page, store.Version), err
}

type patchStoreInput struct {
	StorePath
	IfMatch string `header:"If-Match"`
	Body    StoreChange
}

func (s *Service) patchStore(ctx context.Context, in *patchStoreInput) (*web.Reply[StorePage], error) {
	alliance := identity.From(ctx).AllianceID
	if _, err := s.ChangeStore(ctx, alliance, in.Store, in.IfMatch, in.Body); err != nil {
		return nil, err
	}
	return s.getStore(ctx, &in.StorePath)
}

func (s *Service) getStaff(ctx context.Context, in *StorePath) (*web.Reply[web.Page[StaffMember]], error) {
	staff, err := s.Staff(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(web.NewPage(staff, "")), err
}

type postStaffInput struct {
	StorePath
	Body struct {
		Phone string      `json:"phone" minLength:"5" maxLength:"30"`
		Name  string      `json:"name" minLength:"1" maxLength:"20"`
		Role  models.Role `json:"role" enum:"clerk,manager,owner"`
	}
}

func (s *Service) postStaff(ctx context.Context, in *postStaffInput) (*web.Reply[StaffMember], error) {
	b := in.Body
	member, err := s.Hire(ctx, identity.From(ctx).AllianceID, in.Store, b.Phone, b.Name, b.Role)
	return web.OK(member), err
}

// StaffPath names somebody who works for a store.
type StaffPath struct {
	StorePath
	Account models.ID `path:"account"`
}

func (s *Service) deleteStaff(ctx context.Context, in *StaffPath) (*web.Empty, error) {
	return nil, s.Dismiss(ctx, identity.From(ctx).AllianceID, in.Store, in.Account)
}

func (s *Service) getLinks(ctx context.Context, in *StorePath) (*web.Reply[web.Page[LinkView]], error) {
	links, err := s.JoinLinks(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(web.NewPage(links, "")), err
}

type customersInput struct {
	StorePath
	Text   string `query:"q" maxLength:"40" doc:"part of a name or tag, or digits of a phone"`
	State  string `query:"state" enum:"member,invited"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit"`
}

func (s *Service) getCustomers(ctx context.Context, in *customersInput) (*web.Reply[web.Page[CustomerView]], error) {
	page, err := s.Customers(ctx, identity.From(ctx).AllianceID, in.Store, CustomerQuery{
		Text: in.Text, State: in.State, Cursor: in.Cursor, Limit: web.Limit(in.Limit, 30, 100),
	})
	return web.OK(page), err
}

func (s *Service) allianceRoutes(api *web.API) {
	web.Get(api, "/alliance", op("alliance", "The street's settings", identity.Coordinator), s.getAlliance)
	web.Patch(api, "/alliance", op("alliance-change", "Change the street's settings", identity.Coordinator), s.patchAlliance)
	web.Get(api, "/alliance/stores", op("alliance-stores", "Every store of the street, with the members it brought", identity.Coordinator), s.getAllianceStores)
	web.Post(api, "/alliance/stores", creates("store-open", "Open a store at the east end of the street", identity.Coordinator), s.postStore)
	web.Post(api, "/alliance/stores/{store}/suspend", op("store-suspend", "Take a store out of the street", identity.Coordinator), s.postSuspend)
	web.Post(api, "/alliance/stores/{store}/let-go", op("store-let-go", "Let a store leave the street", identity.Coordinator), s.postLetGo)
	web.Post(api, "/alliance/stores/{store}/admit", op("store-admit", "Bring a store back that was suspended or had left", identity.Coordinator), s.postAdmit)
}

func (s *Service) getAlliance(ctx context.Context, _ *noInput) (*web.Reply[Settings], error) {
	a, err := s.Alliance(ctx, identity.From(ctx).AllianceID)
	return tagged(settingsOf(a), a.Version), err
}

type patchAllianceInput struct {
	IfMatch string `header:"If-Match"`
	Body    SettingsChange
}

func (s *Service) patchAlliance(ctx context.Context, in *patchAllianceInput) (*web.Reply[Settings], error) {
	a, err := s.ChangeSettings(ctx, identity.From(ctx).AllianceID, in.IfMatch, in.Body)
	return tagged(settingsOf(a), a.Version), err
}

func (s *Service) getAllianceStores(ctx context.Context, _ *noInput) (*web.Reply[web.Page[MemberStore]], error) {
	stores, err := s.AllianceStores(ctx, identity.From(ctx).AllianceID)
	return web.OK(web.NewPage(stores, "")), err
}

type suspendInput struct {
	StorePath
	Body struct {
		Reason string `json:"reason" minLength:"2" maxLength:"300"`
	}
}

func (s *Service) postSuspend(ctx context.Context, in *suspendInput) (*web.Reply[StorePage], error) {
	page, err := s.Suspend(ctx, identity.From(ctx).AllianceID, in.Store, in.Body.Reason)
	return web.OK(page), err
}

func (s *Service) postLetGo(ctx context.Context, in *suspendInput) (*web.Reply[StorePage], error) {
	page, err := s.LetGo(ctx, identity.From(ctx).AllianceID, in.Store, in.Body.Reason)
	return web.OK(page), err
}

func (s *Service) postAdmit(ctx context.Context, in *StorePath) (*web.Reply[StorePage], error) {
	page, err := s.Admit(ctx, identity.From(ctx).AllianceID, in.Store)
	return web.OK(page), err
}

func (s *Service) importRoutes(api *web.API) {
	upload := web.Op{ID: "import-upload", Summary: "Upload a file of customers and see what it holds; nothing else is written", Tag: "pool", Who: identity.Manager}
	api.Raw(http.MethodPost, "/stores/{store}/imports", upload, s.postImport)
	web.Get(api, "/stores/{store}/imports/{import}", op("import", "An import and how far it is", identity.Manager), s.getImport)
	web.Get(api, "/stores/{store}/imports/{import}/rows", op("import-rows", "The rows of an import and what is wrong with them", identity.Manager), s.getImportRows)
	run := creates("import-run", "Write a judged import, in the background", identity.Manager)
	run.Status = http.StatusAccepted
	web.Post(api, "/stores/{store}/imports/{import}/run", run, s.postRun)
}

// postImport takes the multipart field "file".
func (s *Service) postImport(c *fiber.Ctx) error {
	store, err := models.ParseID(c.Params("store"))
	if err != nil {
		return models.ErrNotFound
	}
	name, data, err := readUpload(c)
	if err != nil {
		return err
	}
	p := identity.From(c.UserContext())
	view, err := s.Upload(c.UserContext(), p.AllianceID, store, p.AccountID, name, data)
	if err != nil {
		return err
	}
	return c.Status(http.StatusCreated).JSON(view)
}

// ImportPath names an import of a store.
type ImportPath struct {
	StorePath
	Import models.ID `path:"import"`
}

func (s *Service) getImport(ctx context.Context, in *ImportPath) (*web.Reply[ImportView], error) {
	view, err := s.Import(ctx, identity.From(ctx).AllianceID, in.Store, in.Import)
	return web.OK(view), err
}

type importRowsInput struct {
	ImportPath
	State  string `query:"state" enum:"new,known,duplicate,invalid"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit"`
}

func (s *Service) getImportRows(ctx context.Context, in *importRowsInput) (*web.Reply[web.Page[ImportRowView]], error) {
	page, err := s.ImportRows(ctx, identity.From(ctx).AllianceID, in.Store, in.Import, models.RowState(in.State), in.Cursor, web.Limit(in.Limit, 50, 200))
	return web.OK(page), err
}

func (s *Service) postRun(ctx context.Context, in *ImportPath) (*web.Reply[ImportView], error) {
	view, err := s.RunImport(ctx, identity.From(ctx).AllianceID, in.Store, in.Import)
	return web.OK(view), err
}
