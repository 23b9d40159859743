package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

type Note struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
}

type Store struct {
	sync.RWMutex
	notes map[int]Note
	next  int
}

type apiError struct {
	code int
	msg  string
}

func (e *apiError) Error() string { return strconv.Itoa(e.code) + " " + e.msg }

type handler func(http.ResponseWriter, *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	err := h(w, r)
	if err == nil {
		return
	}
	code := http.StatusInternalServerError
	if ae, ok := err.(*apiError); ok {
		code = ae.code
	}
	http.Error(w, err.Error(), code)
}

func (s *Store) create(w http.ResponseWriter, r *http.Request) error {
	var n Note
	if err := json.NewDecoder(r.Body).Decode(&n); err != nil {
		return &apiError{http.StatusBadRequest, err.Error()}
	}
	s.Lock()
	defer s.Unlock()
	s.next++
	n.ID = s.next
	s.notes[n.ID] = n
	w.Header().Set("Location", fmt.Sprintf("/notes/%d", n.ID))
	w.WriteHeader(http.StatusCreated)
	return json.NewEncoder(w).Encode(n)
}

func (s *Store) get(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.Atoi(r.PathValue("id"))
	if err != nil {
		return &apiError{400, err.Error()}
	}
	s.RLock()
	defer s.RUnlock()
	n, ok := s.notes[id]
	if !ok {
		return &apiError{404, "no note " + r.PathValue("id")}
	}
	return json.NewEncoder(w).Encode(n)
}

func logged(log *[]string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*log = append(*log, r.Method+" "+r.URL.Path)
		w.Header().Set("X-App", "notes")
		next.ServeHTTP(w, r)
	})
}

func main() {
	s := &Store{notes: map[int]Note{}}
	mux := http.NewServeMux()
	mux.Handle("POST /notes", handler(s.create))
	mux.Handle("GET /notes/{id}", handler(s.get))
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		fmt.Fprintf(w, "%s %v %q", r.Method, r.Form, r.Header.Get("X-Test"))
	})
	var log []string
	srv := httptest.NewServer(logged(&log, mux))
	defer srv.Close()
	show := func(res *http.Response, err error) {
		if err != nil {
			fmt.Println("error", err)
			return
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		fmt.Println(res.StatusCode, res.Header.Get("Location"), res.Header.Get("X-App"), strings.TrimSpace(string(b)))
	}
	for _, body := range []string{`{"text":"milk"}`, `{"text":"eggs & \"ham\""}`, `{bad`} {
		show(http.Post(srv.URL+"/notes", "application/json", bytes.NewBufferString(body)))
	}
	for _, p := range []string{"/notes/1", "/notes/2", "/notes/9", "/notes/x", "/nope"} {
		show(http.Get(srv.URL + p))
	}
	req, _ := http.NewRequest("PUT", srv.URL+"/echo?a=1&b=x+y", strings.NewReader(url.Values{"c": {"3", "4"}}.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("X-Test", "yes")
	show(http.DefaultClient.Do(req))
	rec := httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/notes/2", nil))
	fmt.Println(rec.Code, rec.Body.String(), log)
	u, err := url.Parse("https://u:p@host:8080/a%20b?q=1#frag")
	fmt.Println(u.Host, u.Port(), u.Path, u.User.Username(), u.Query(), u.Fragment, err)
}
