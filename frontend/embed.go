// Package frontend carries the built web app inside the binary.
//
// The app is built by `npm run build` into dist/app. A checkout that has not been built has only
// dist/.gitkeep: the package compiles all the same, and Dist is then an empty file system.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Dist returns the built web app, rooted so that index.html is at the top. Before the first build
// it holds no files; opening one gives fs.ErrNotExist.
func Dist() fs.FS {
	app, err := fs.Sub(dist, "dist/app")
	if err != nil {
		panic("frontend: " + err.Error()) // only an invalid path can fail, and this one is constant
	}
	return app
}
