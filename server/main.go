// Command onestreet is the whole platform in one binary; see onestreet --help.
package main

import (
	"os"

	"onestreet/server/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
