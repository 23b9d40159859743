// Package std holds the generated symbol tables of the standard library.
//
// Packages that cannot work in a cell are left out; typedata.Unavailable says
// which and why.
package std
