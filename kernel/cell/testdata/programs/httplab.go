package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/mail"
	"net/textproto"
	"net/url"
	"sort"
	"strings"
	"sync/atomic"
	"time"
)

type Middleware func(http.Handler) http.Handler

func chain(h http.Handler, ms ...Middleware) http.Handler {
	for i := len(ms) - 1; i >= 0; i-- {
		h = ms[i](h)
	}
	return h
}

type counterWriter struct {
	http.ResponseWriter
	code, n int
}

func (c *counterWriter) WriteHeader(code int) { c.code = code; c.ResponseWriter.WriteHeader(code) }
func (c *counterWriter) Write(p []byte) (int, error) {
	if c.code == 0 {
		c.code = 200
	}
	c.n += len(p)
	return c.ResponseWriter.Write(p)
}

type store struct {
	hits  atomic.Int64
	items map[string]item
	log   []string
}

type item struct {
	Name string   `json:"name"`
	Qty  int      `json:"qty,omitempty"`
	Tags []string `json:"tags"`
}

type apiError struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

func (e apiError) Error() string { return fmt.Sprintf("%d: %s", e.Code, e.Msg) }

type handler func(w http.ResponseWriter, r *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	var ae apiError
	switch {
	case err == nil:
	case errors.As(err, &ae):
		w.WriteHeader(ae.Code)
		json.NewEncoder(w).Encode(ae)
	default:
		http.Error(w, err.Error(), 500)
	}
}

func (s *store) get(w http.ResponseWriter, r *http.Request) error {
	it, ok := s.items[r.PathValue("id")]
	if !ok {
		return fmt.Errorf("get: %w", apiError{404, "no " + r.PathValue("id")})
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(it)
}

func (s *store) put(w http.ResponseWriter, r *http.Request) error {
	var it item
	d := json.NewDecoder(io.LimitReader(r.Body, 1<<10))
	d.DisallowUnknownFields()
	if err := d.Decode(&it); err != nil {
		return apiError{400, err.Error()}
	}
	s.items[r.PathValue("id")] = it
	w.WriteHeader(http.StatusCreated)
	return nil
}

func (s *store) upload(w http.ResponseWriter, r *http.Request) error {
	mr, err := r.MultipartReader()
	if err != nil {
		return err
	}
	for {
		p, err := mr.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		b, _ := io.ReadAll(p)
		fmt.Fprintf(w, "%s %s %q;", p.FormName(), p.FileName(), b)
	}
}

func (s *store) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits.Add(1)
		c := &counterWriter{ResponseWriter: w}
		next.ServeHTTP(c, r)
		s.log = append(s.log, fmt.Sprintf("%s %s -> %d (%d)", r.Method, r.URL.Path, c.code, c.n))
	})
}

func header(k, v string) Middleware {
	return func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add(k, v)
			h.ServeHTTP(w, r)
		})
	}
}

func main() {
	s := &store{items: map[string]item{"a": {"apple", 3, nil}}}
	mux := http.NewServeMux()
	mux.Handle("GET /items/{id}", handler(s.get))
	mux.Handle("PUT /items/{id}", handler(s.put))
	mux.Handle("POST /up", handler(s.upload))
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: r.FormValue("user"), Path: "/"})
		http.Redirect(w, r, "/me", http.StatusFound)
	})
	mux.HandleFunc("/me", func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie("sid")
		if err != nil {
			http.Error(w, "who?", http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, "hi "+c.Value)
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	srv := httptest.NewServer(chain(mux, s.logged, header("X-A", "1"), header("X-A", "2")))
	defer srv.Close()
	jar, _ := cookiejar.New(nil)
	cl := &http.Client{Jar: jar}
	do := func(method, path, body string) {
		req, err := http.NewRequest(method, srv.URL+path, strings.NewReader(body))
		if err != nil {
			fmt.Println(err)
			return
		}
		resp, err := cl.Do(req)
		if err != nil {
			fmt.Println(err)
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		fmt.Println(method, path, resp.StatusCode, strings.TrimSpace(string(b)), resp.Header["X-A"], resp.Header.Get("content-type"))
	}
	do("GET", "/items/a", "")
	do("GET", "/items/zz", "")
	do("PUT", "/items/b", `{"name":"bee","qty":2,"tags":["x"]}`)
	do("PUT", "/items/c", `{"nome":"bee"}`)
	do("PUT", "/items/c", `{"name":3}`)
	do("GET", "/items/b", "")
	do("DELETE", "/items/b", "")
	do("GET", "/me", "")
	do("GET", "/login?user=bob", "")
	var buf bytes.Buffer
	mw := multipart.NewWriter(&buf)
	mw.SetBoundary("BOUND")
	mw.WriteField("k", "v")
	fw, _ := mw.CreateFormFile("f", "x.txt")
	fw.Write([]byte("data"))
	mw.Close()
	resp, err := cl.Post(srv.URL+"/up", mw.FormDataContentType(), &buf)
	if err == nil {
		b, _ := io.ReadAll(resp.Body)
		fmt.Println(string(b))
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", srv.URL+"/slow", nil)
	_, err = cl.Do(req)
	var ue *url.Error
	fmt.Println(errors.As(err, &ue), ue.Timeout(), errors.Is(err, context.DeadlineExceeded))
	for _, l := range s.log[:9] {
		fmt.Println(l)
	}
	rec := httptest.NewRecorder()
	chain(handler(func(w http.ResponseWriter, r *http.Request) error { return errors.New("boom") }), header("Q", "z")).ServeHTTP(rec, httptest.NewRequest("GET", "/x", nil))
	fmt.Println(rec.Code, strings.TrimSpace(rec.Body.String()), rec.Result().Header.Get("Q"))
	d, _ := httputil.DumpRequest(httptest.NewRequest("POST", "http://h/p?q=1", strings.NewReader("body")), true)
	fmt.Printf("%q\n", d)

	mt, ps, err := mime.ParseMediaType(`text/html; charset="utf-8"; q=0.5`)
	fmt.Println(mt, ps, err, mime.TypeByExtension(".html"))
	var qp bytes.Buffer
	qw := quotedprintable.NewWriter(&qp)
	qw.Write([]byte("a=b é"))
	qw.Close()
	fmt.Println(qp.String(), mime.QEncoding.Encode("utf-8", "¡Hola!"))
	a, err := mail.ParseAddress("Ann <ann@x.org>")
	fmt.Println(a.Name, a.Address, err)
	msg, _ := mail.ReadMessage(strings.NewReader("Subject: hi\r\nTo: b@c.d, E <e@f.g>\r\n\r\nbody"))
	as, _ := msg.Header.AddressList("To")
	fmt.Println(msg.Header.Get("subject"), len(as), as[1])
	h := textproto.MIMEHeader{}
	h.Add("x-y", "1")
	h.Add("X-Y", "2")
	ks := []string{}
	for k := range h {
		ks = append(ks, k)
	}
	sort.Strings(ks)
	fmt.Println(ks, h.Values("x-Y"))
	u, _ := url.Parse("https://u:p@ex.com:8080/a%20b/../c?x=1&x=2&y=%26#frag")
	fmt.Println(u.Host, u.Port(), u.Path, u.Query()["x"], u.Fragment, u.User.Username(), u.ResolveReference(&url.URL{Path: "../d"}), u.JoinPath("e", "f"))
	_, err = url.Parse("http://[::1")
	fmt.Println(err)
	fmt.Println(url.Values{"b": {"2"}, "a": {"1", "x y"}}.Encode(), url.PathEscape("a/b c"))
}
