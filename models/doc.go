// Package models holds the nouns of the street and the rules that need no database: structs, states and pure
// functions. It imports the standard library, the id and the database's tag types only, so that every rule of chapter
// "what the product is about" can be read and tested without a server.
package models
