package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type Doer interface {
	Do(*http.Request) (*http.Response, error)
}
type DoerFunc func(*http.Request) (*http.Response, error)

func (f DoerFunc) Do(r *http.Request) (*http.Response, error) { return f(r) }

type Client struct {
	Doer
	base    string
	retries int
	calls   atomic.Int32
}

type StatusError struct {
	Code int
	Body string
}

func (e *StatusError) Error() string   { return fmt.Sprintf("HTTP %d: %s", e.Code, e.Body) }
func (e *StatusError) Temporary() bool { return e.Code >= 500 }

func (c *Client) call(ctx context.Context, method, path string, in, out any) (err error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return err
	}
	c.calls.Add(1)
	res, err := c.Do(req)
	if err != nil {
		return err
	}
	defer func() {
		if e := res.Body.Close(); err == nil {
			err = e
		}
	}()
	data, err := io.ReadAll(res.Body)
	switch {
	case err != nil:
		return err
	case res.StatusCode >= 400:
		return &StatusError{res.StatusCode, strings.TrimSpace(string(data))}
	case out == nil:
		return nil
	}
	return json.Unmarshal(data, out)
}

func (c *Client) Call(ctx context.Context, method, path string, in, out any) (err error) {
	for i := range c.retries + 1 {
		err = c.call(ctx, method, path, in, out)
		var tmp interface{ Temporary() bool }
		if !errors.As(err, &tmp) || !tmp.Temporary() {
			return err
		}
		err = fmt.Errorf("try %d: %w", i+1, err)
	}
	return err
}

type Sum struct {
	Nums  []int `json:"nums"`
	Total int   `json:"total,omitempty"`
}

type server struct {
	mu   sync.Mutex
	hits map[string]int
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.hits[r.URL.Path]++
	n := s.hits[r.URL.Path]
	s.mu.Unlock()
	switch p := r.URL.Path; {
	case p == "/sum" && r.Method == http.MethodPost:
		var in Sum
		if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		for _, x := range in.Nums {
			in.Total += x
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(in)
	case p == "/flaky":
		if n < 3 {
			http.Error(w, "try later", 503)
			return
		}
		fmt.Fprintf(w, `{"total":%d}`, n)
	case strings.HasPrefix(p, "/slow"):
		select {
		case <-r.Context().Done():
		case <-time.After(3 * time.Second):
		}
	case p == "/panic":
		panic(http.ErrAbortHandler)
	default:
		http.NotFound(w, r)
	}
}

func main() {
	s := &server{hits: map[string]int{}}
	ts := httptest.NewServer(s)
	defer ts.Close()
	c := &Client{Doer: ts.Client(), base: ts.URL, retries: 3}
	ctx := context.Background()
	var out Sum
	fmt.Println(c.Call(ctx, "POST", "/sum", Sum{Nums: []int{1, 2, 39}}, &out), out.Total)
	fmt.Println(c.Call(ctx, "POST", "/sum", "str", &out))
	out = Sum{}
	fmt.Println(c.Call(ctx, "GET", "/flaky", nil, &out), out, s.hits["/flaky"])
	err := c.Call(ctx, "GET", "/none", nil, nil)
	var se *StatusError
	fmt.Println(err, errors.As(err, &se), se.Code)
	tctx, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	err = c.Call(tctx, "GET", "/slow/a", nil, nil)
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	err = c.Call(ctx, "GET", "/panic", nil, nil)
	fmt.Println(err != nil, errors.Is(err, io.EOF))
	fake := &Client{Doer: DoerFunc(func(r *http.Request) (*http.Response, error) {
		if r.URL.Path == "/x" {
			return nil, fmt.Errorf("dial %s: refused", r.URL.Host)
		}
		return &http.Response{StatusCode: 502, Body: io.NopCloser(strings.NewReader("bad gw\n"))}, nil
	}), base: "http://fake", retries: 1}
	fmt.Println(fake.Call(ctx, "GET", "/x", nil, nil))
	fmt.Println(fake.Call(ctx, "GET", "/y", nil, nil))
	fmt.Println(fake.calls.Load(), fake.Call(ctx, "BAD METHOD", "/", nil, nil), fake.Call(ctx, "GET", "/", func() {}, nil))
	var wg sync.WaitGroup
	res := make([]int, 5)
	for i := range res {
		wg.Go(func() {
			var o Sum
			if err := c.Call(ctx, "POST", "/sum", &Sum{Nums: []int{i, i * 10}}, &o); err != nil {
				res[i] = -1
				return
			}
			res[i] = o.Total
		})
	}
	wg.Wait()
	var paths []string
	for p := range s.hits {
		paths = append(paths, p)
	}
	sort.Strings(paths)
	fmt.Println(res, paths)
}
