package web

import (
	"context"
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// App serves the built web app from files: hashed assets for a year, everything else fresh, and index.html for every
// address of the app's own router.
func App(app *fiber.App, files fs.FS, heads ...Head) {
	app.Use(func(c *fiber.Ctx) error {
		if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead || strings.HasPrefix(c.Path(), "/api/") {
			return c.Next()
		}
		return serve(c, files, strings.TrimPrefix(path.Clean(c.Path()), "/"), heads)
	})
}

// Head says of a page of the app what stands in its title and what meta tags it has for those who show links; both empty for
// pages that have none of their own. Both are HTML. An error leaves the page as it is.
type Head func(ctx context.Context, path string) (title, tags string, err error)

// withHead puts the head of a page into the app's document.
func withHead(c *fiber.Ctx, document []byte, heads []Head) []byte {
	for _, head := range heads {
		title, tags, err := head(c.UserContext(), path.Clean(c.Path()))
		if err != nil || tags == "" {
			continue
		}
		text := string(document)
		if from, to := strings.Index(text, "<title>"), strings.Index(text, "</title>"); from >= 0 && to > from {
			text = text[:from] + "<title>" + title + text[to:]
		}
		return []byte(strings.Replace(text, "</head>", tags+"</head>", 1))
	}
	return document
}

func serve(c *fiber.Ctx, files fs.FS, name string, heads []Head) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		if path.Ext(name) != "" {
			return fiber.ErrNotFound
		}
		name = "index.html"
		if data, err = fs.ReadFile(files, name); err != nil {
			return fiber.ErrNotFound
		}
		data = withHead(c, data, heads)
	}
	c.Set(fiber.HeaderCacheControl, "no-cache")
	if strings.HasPrefix(name, "assets/") {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set(fiber.HeaderContentType, contentType(name))
	return c.Send(data)
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".webmanifest":
		return "application/manifest+json"
	case ".js":
		return "text/javascript; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
