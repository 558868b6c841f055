package web

import (
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// App serves the built web app from files: hashed assets for a year, everything else fresh, and index.html for every
// address of the app's own router.
func App(app *fiber.App, files fs.FS) {
	app.Use(func(c *fiber.Ctx) error {
		if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead || strings.HasPrefix(c.Path(), "/api/") {
			return c.Next()
		}
		return serve(c, files, strings.TrimPrefix(path.Clean(c.Path()), "/"))
	})
}

func serve(c *fiber.Ctx, files fs.FS, name string) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		if path.Ext(name) != "" {
			return fiber.ErrNotFound
		}
		name = "index.html"
		if data, err = fs.ReadFile(files, name); err != nil {
			return fiber.ErrNotFound
		}
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
