// Package bits lets tests compare results with those of another machine, bit
// by bit: a file has a digest of every result, and kernels for different
// processors that promise the same bits are tested with one file.
package bits

import (
	"encoding/binary"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

const file = "testdata/bits.txt"

var update = flag.Bool("bits", false, "write the digests of "+file)

// Compare fails the test when a result has not the bits that the file
// testdata/bits.txt of the package has. All NaN are the same. With the flag
// -bits the file is written.
func Compare(t *testing.T, results map[string][]float32) {
	t.Helper()
	got := map[string]string{}
	for name, x := range results {
		h := fnv.New64a()
		for _, v := range x {
			w := math.Float32bits(v)
			if v != v {
				w = math.Float32bits(float32(math.NaN()))
			}
			h.Write(binary.LittleEndian.AppendUint32(nil, w))
		}
		got[name] = fmt.Sprintf("%016x", h.Sum64())
	}
	if *update {
		var b strings.Builder
		for _, name := range slices.Sorted(maps.Keys(got)) {
			fmt.Fprintf(&b, "%s %s\n", got[name], name)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(b)) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		want[name] = digest
	}
	for name := range got {
		if got[name] != want[name] {
			t.Errorf("%s: the bits are not those of %s (after a change of the kernel that is meant, go test -bits on amd64)", name, file)
		}
	}
	for name := range want {
		if got[name] == "" {
			t.Errorf("%s: %s has it, the test has not", name, file)
		}
	}
}
