// Package lib holds the generated symbol tables of this module's own packages.
package lib
