package main

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"hash"
	"hash/maphash"
	"reflect"
	"runtime"
	"unique"
	"weak"
)

type key struct {
	a int
	b string
}
type shape interface{ Area() int }
type sq struct{ n int }

func (s sq) Area() int { return s.n * s.n }

type row struct {
	Name sql.Null[string]
	Age  sql.Null[int64]
}
type cache[K comparable, V any] struct {
	m map[unique.Handle[K]]weak.Pointer[V]
}

func main() {
	h1, h2, h3 := unique.Make("abc"), unique.Make("ab"+"c"), unique.Make("x")
	fmt.Println(h1 == h2, h1 == h3, h1.Value(), len(h3.Value()))
	k := unique.Make(key{1, "z"})
	fmt.Println(k == unique.Make(key{1, "z"}), k.Value(), k.Value().b)
	s := unique.Make[shape](sq{3})
	fmt.Println(s.Value().Area(), s == unique.Make[shape](sq{3}))
	m := map[unique.Handle[string]]int{h1: 1}
	m[h2]++
	fmt.Println(m[h1], len(m))
	mk := unique.Make[int]
	fmt.Println(mk(3) == mk(3), mk(3).Value()+1)
	var zero unique.Handle[string]
	fmt.Println(zero == h1)

	p := &key{2, "w"}
	w := weak.Make(p)
	fmt.Println(w.Value() == p, w.Value().b, w == weak.Make(p))
	w.Value().a = 9
	fmt.Println(p.a)
	var none weak.Pointer[key]
	fmt.Println(none.Value() == nil)
	c := cache[string, key]{m: map[unique.Handle[string]]weak.Pointer[key]{}}
	c.m[unique.Make("p")] = w
	fmt.Println(c.m[unique.Make("p")].Value().b)
	runtime.KeepAlive(p)

	r := row{Name: sql.Null[string]{V: "Ann", Valid: true}}
	fmt.Println(r.Name.V, r.Age.Valid, r.Age)
	v, err := r.Name.Value()
	fmt.Println(v, err)
	fmt.Println(r.Age.Scan(int64(42)), r.Age.V, r.Age.Valid)
	fmt.Println(r.Age.Scan(nil), r.Age.V, r.Age.Valid)
	fmt.Println(r.Age.Scan("x") != nil)
	j, _ := json.Marshal(r)
	fmt.Println(string(j))
	fmt.Printf("%T %+v\n", r.Name, r)
	var sc sql.Scanner = &r.Name
	fmt.Println(sc.Scan("Bob"), r.Name.V)

	ks, err := pbkdf2.Key(sha256.New, "pw", []byte("salt"), 10, 16)
	fmt.Printf("%x %v\n", ks, err)
	prk, err := hkdf.Extract(sha256.New, []byte("secret"), []byte("salt"))
	fmt.Printf("%x %v\n", prk, err)
	ex, err := hkdf.Expand(func() hash.Hash { return sha256.New() }, prk, "info", 12)
	fmt.Printf("%x %v\n", ex, err)
	kk, err := hkdf.Key(sha256.New, []byte("secret"), nil, "info", 12)
	fmt.Printf("%x %v\n", kk, err)
	seed := maphash.MakeSeed()
	fmt.Println(maphash.Comparable(seed, key{1, "a"}) == maphash.Comparable(seed, key{1, "a"}), maphash.Comparable(seed, 1) == maphash.Comparable(seed, 2))
	var hh maphash.Hash
	hh.SetSeed(seed)
	maphash.WriteComparable(&hh, "s")
	s1 := hh.Sum64()
	hh.Reset()
	maphash.WriteComparable(&hh, "s")
	fmt.Println(s1 == hh.Sum64())

	x, ok := reflect.TypeAssert[int](reflect.ValueOf(3))
	fmt.Println(x, ok)
	y, ok := reflect.TypeAssert[shape](reflect.ValueOf(sq{2}))
	fmt.Println(y, ok)
	z, ok := reflect.TypeAssert[sq](reflect.ValueOf(sq{2}))
	fmt.Println(z.n, ok)
	q, ok := reflect.TypeAssert[string](reflect.ValueOf(3))
	fmt.Printf("%q %v\n", q, ok)
	_, ok = reflect.TypeAssert[shape](reflect.ValueOf(3))
	fmt.Println(ok)
	cl := runtime.AddCleanup(p, func(n int) { fmt.Println("cleanup", n) }, 5)
	cl.Stop()
}
