package main

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
)

type Hasher func() hash.Hash

type pipe struct {
	io.Reader
	h hash.Hash
}

func (p pipe) Sum() string { return hex.EncodeToString(p.h.Sum(nil))[:16] }

func tee(s string, h Hasher) pipe {
	hh := h()
	return pipe{io.TeeReader(strings.NewReader(s), hh), hh}
}

type box struct{ gcm cipher.AEAD }

func newBox(pass string) (*box, error) {
	key, err := pbkdf2.Key(sha256.New, pass, []byte("salt"), 1000, 32)
	if err != nil {
		return nil, err
	}
	blk, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	g, err := cipher.NewGCM(blk)
	return &box{g}, err
}

func (b *box) seal(n byte, msg, extra []byte) []byte {
	nonce := bytes.Repeat([]byte{n}, b.gcm.NonceSize())
	return b.gcm.Seal(nonce, nonce, msg, extra)
}

func (b *box) open(c, extra []byte) ([]byte, error) {
	n := b.gcm.NonceSize()
	if len(c) < n {
		return nil, errors.New("short")
	}
	return b.gcm.Open(nil, c[:n], c[n:], extra)
}

type record struct {
	ID   int
	Name string `asn1:"utf8"`
	Tags []string
	Opt  int `asn1:"optional,default:7"`
}

func main() {
	for _, h := range []struct {
		name string
		mk   Hasher
	}{{"md5", md5.New}, {"sha1", sha1.New}, {"sha256", sha256.New}, {"sha512", sha512.New}, {"sha3", func() hash.Hash { return sha3.New256() }}} {
		p := tee("abc", h.mk)
		io.Copy(io.Discard, p)
		fmt.Println(h.name, p.Sum(), p.h.Size(), p.h.BlockSize())
	}
	fmt.Printf("%x\n", sha256.Sum256([]byte("hello")))
	fmt.Println(crypto.SHA256.Available(), crypto.SHA256, crypto.MD5.Size())

	m := hmac.New(sha256.New, []byte("key"))
	m.Write([]byte("The quick brown fox jumps over the lazy dog"))
	mac := m.Sum(nil)
	fmt.Printf("%x %v\n", mac[:8], hmac.Equal(mac, mac))
	fmt.Println(subtle.ConstantTimeCompare([]byte("a"), []byte("b")), subtle.ConstantTimeEq(3, 3))
	k, err := hkdf.Key(sha256.New, []byte("secret"), nil, "info", 10)
	fmt.Printf("%x %v\n", k, err)

	b, err := newBox("hunter2")
	if err != nil {
		fmt.Println(err)
		return
	}
	c := b.seal(7, []byte("attack at dawn"), []byte("hdr"))
	fmt.Printf("%x\n", c)
	p, err := b.open(c, []byte("hdr"))
	fmt.Printf("%s %v\n", p, err)
	_, err = b.open(c, []byte("hdx"))
	fmt.Println(err)
	_, err = b.open(nil, nil)
	fmt.Println(err)
	_, err = aes.NewCipher(make([]byte, 5))
	var ks aes.KeySizeError
	fmt.Println(err, errors.As(err, &ks), int(ks))

	blk, _ := aes.NewCipher([]byte("0123456789abcdef"))
	ctr := cipher.NewCTR(blk, make([]byte, 16))
	sr := &cipher.StreamReader{S: ctr, R: strings.NewReader("streaming")}
	out, _ := io.ReadAll(sr)
	fmt.Printf("%x\n", out)
	r4, _ := rc4.NewCipher([]byte("Key"))
	dst := make([]byte, 9)
	r4.XORKeyStream(dst, []byte("Plaintext"))
	fmt.Printf("%X\n", dst)

	priv := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	pub := priv.Public().(ed25519.PublicKey)
	sig := ed25519.Sign(priv, []byte("msg"))
	fmt.Printf("%x %v %v\n", sig[:6], ed25519.Verify(pub, []byte("msg"), sig), ed25519.Verify(pub, []byte("msx"), sig))
	var signer crypto.Signer = priv
	s2, err := signer.Sign(nil, []byte("msg"), crypto.Hash(0))
	fmt.Println(bytes.Equal(sig, s2), err)

	ek, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	dg := sha256.Sum256([]byte("x"))
	es, err := ecdsa.SignASN1(rand.Reader, ek, dg[:])
	fmt.Println(err, ecdsa.VerifyASN1(&ek.PublicKey, dg[:], es), ek.Curve.Params().Name)

	der, err := x509.MarshalPKIXPublicKey(pub)
	txt := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Headers: map[string]string{"For": "test"}, Bytes: der})
	fmt.Print(string(txt))
	blkp, rest := pem.Decode(append(txt, "tail"...))
	fmt.Println(blkp.Type, blkp.Headers["For"], string(rest))
	any1, err := x509.ParsePKIXPublicKey(blkp.Bytes)
	_, isEd := any1.(ed25519.PublicKey)
	fmt.Printf("%T %v %v\n", any1, isEd, err)

	raw, err := asn1.Marshal(record{5, "héé", []string{"a", "b"}, 7})
	fmt.Printf("%x %v\n", raw, err)
	var back record
	rest, err = asn1.Unmarshal(raw, &back)
	fmt.Printf("%+v %d %v\n", back, len(rest), err)
	_, err = asn1.Unmarshal([]byte{0x30, 0x03, 0x04, 0x01, 0x00}, &back)
	fmt.Println(err)
}
