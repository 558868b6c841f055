package tree

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Checkpoint says how many leaves a tree has and what its root is. Origin names the tree, and the key that signs for it.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   []byte
}

// Body is the checkpoint's text as it is signed: C2SP tlog-checkpoint without extension lines.
func (c Checkpoint) Body() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root))
}

// ErrNote is what Open returns for a note that is not a checkpoint, not of the key's tree, or not signed with the key.
var ErrNote = errors.New("the note is no checkpoint signed with this key")

// Sign is the checkpoint as a signed note (golang.org/x/mod/sumdb/note).
func (c Checkpoint) Sign(key ed25519.PrivateKey) (string, error) {
	s, err := newSigner(c.Origin, key)
	if err != nil {
		return "", err
	}
	text, err := note.Sign(&note.Note{Text: c.Body()}, s)
	return string(text), err
}

// VerifierKey is the text by which everybody can verify the checkpoints of an origin: "name+hash+key".
func VerifierKey(origin string, key ed25519.PublicKey) (string, error) {
	return note.NewEd25519VerifierKey(origin, key)
}

// Open verifies a signed checkpoint with a verifier key. Error: ErrNote.
func Open(text, verifierKey string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(verifierKey)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("verifier key: %w", err)
	}
	n, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, ErrNote
	}
	c, err := parse(n.Text)
	if err != nil || c.Origin != verifier.Name() {
		return Checkpoint{}, ErrNote
	}
	return c, nil
}

// parse reads a body. Whatever Body would write otherwise is refused: a size with a leading zero, a fourth line.
func parse(body string) (Checkpoint, error) {
	lines := strings.Split(body, "\n")
	if len(lines) != 4 {
		return Checkpoint{}, ErrNote
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, ErrNote
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	c := Checkpoint{Origin: lines[0], Size: size, Root: root}
	if err != nil || len(root) != HashSize || c.Body() != body {
		return Checkpoint{}, ErrNote
	}
	return c, nil
}

// signer signs notes as a key's own verifier expects it.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

func newSigner(name string, key ed25519.PrivateKey) (signer, error) {
	text, err := VerifierKey(name, key.Public().(ed25519.PublicKey))
	if err != nil {
		return signer{}, err
	}
	verifier, err := note.NewVerifier(text)
	return signer{verifier, key}, err
}

// Sign implements note.Signer.
func (s signer) Sign(text []byte) ([]byte, error) { return ed25519.Sign(s.key, text), nil }
