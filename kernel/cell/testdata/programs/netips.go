package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"net/rpc"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"
)

type Args struct{ A, B int }
type Quot struct{ Q, R int }
type Arith int

func (t *Arith) Mul(a *Args, reply *int) error { *reply = a.A * a.B; return nil }
func (t *Arith) Div(a *Args, q *Quot) error {
	if a.B == 0 {
		return errors.New("divide by zero")
	}
	q.Q, q.R = a.A/a.B, a.A%a.B
	return nil
}

type server struct {
	ln net.Listener
	wg sync.WaitGroup
}

func (s *server) loop(handle func(net.Conn)) {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		s.wg.Go(func() {
			defer c.Close()
			handle(c)
		})
	}
}

func echo(c net.Conn) {
	sc := bufio.NewScanner(c)
	for sc.Scan() {
		if sc.Text() == "quit" {
			fmt.Fprintln(c, "bye")
			return
		}
		fmt.Fprintf(c, "%s|%d\n", strings.ToUpper(sc.Text()), len(sc.Text()))
	}
}

type route struct {
	netip.Prefix
	via string
}

type table []route

func (t table) lookup(a netip.Addr) (best route, ok bool) {
	for _, r := range t {
		if r.Contains(a) && (!ok || r.Bits() > best.Bits()) {
			best, ok = r, true
		}
	}
	return
}

func main() {
	t := table{
		{netip.MustParsePrefix("10.0.0.0/8"), "core"},
		{netip.MustParsePrefix("10.1.0.0/16"), "edge"},
		{netip.MustParsePrefix("0.0.0.0/0"), "default"},
		{netip.MustParsePrefix("2001:db8::/32"), "v6"},
	}
	for _, s := range []string{"10.1.2.3", "10.2.3.4", "8.8.8.8", "2001:db8::1", "fe80::1", "x"} {
		a, err := netip.ParseAddr(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		r, ok := t.lookup(a)
		fmt.Println(a, r.via, ok, a.Is4(), a.IsPrivate(), r)
	}
	as := []netip.Addr{netip.MustParseAddr("9.9.9.9"), netip.AddrFrom4([4]byte{1, 2, 3, 4}), netip.IPv6Loopback()}
	slices.SortFunc(as, netip.Addr.Compare)
	fmt.Println(as, as[0].Next(), netip.AddrPortFrom(as[0], 80))
	m := map[netip.Addr]int{as[0]: 1}
	fmt.Println(m[netip.MustParseAddr("1.2.3.4")], m)

	ip, n, err := net.ParseCIDR("192.168.5.7/20")
	fmt.Println(ip, n, err, n.Contains(net.ParseIP("192.168.15.1")), net.IPv4(1, 2, 3, 4).DefaultMask())
	h, p, err := net.SplitHostPort("[::1]:8080")
	fmt.Println(h, p, err, net.JoinHostPort("::1", "90"))
	_, _, err = net.SplitHostPort("nope")
	var ae *net.AddrError
	fmt.Println(err, errors.As(err, &ae))
	_, err = net.ParseMAC("00:11:22:33:44:zz")
	fmt.Println(err)

	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	s := &server{ln: ln}
	go s.loop(echo)
	c, err := net.Dial("tcp", ln.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	c.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprint(c, "hello\nworld\nquit\n")
	b, err := io.ReadAll(c)
	fmt.Printf("%q %v\n", b, err)
	ln.Close()
	s.wg.Wait()
	_, err = ln.Accept()
	var oe *net.OpError
	fmt.Println(errors.As(err, &oe), oe.Op, errors.Is(err, net.ErrClosed))

	a, z := net.Pipe()
	go func() { a.Write([]byte("pipe!")); a.Close() }()
	b, err = io.ReadAll(z)
	fmt.Println(string(b), err)
	z.SetReadDeadline(time.Now().Add(-time.Second))

	rs := rpc.NewServer()
	if err := rs.Register(new(Arith)); err != nil {
		fmt.Println(err)
	}
	x, y := net.Pipe()
	go rs.ServeConn(x)
	cl := rpc.NewClient(y)
	var prod int
	fmt.Println(cl.Call("Arith.Mul", &Args{6, 7}, &prod), prod)
	var q Quot
	fmt.Println(cl.Call("Arith.Div", Args{17, 5}, &q), q)
	err = cl.Call("Arith.Div", &Args{1, 0}, &q)
	fmt.Printf("%T %v\n", err, err)
	fmt.Println(cl.Call("Arith.Nope", &Args{}, &q))
	call := <-cl.Go("Arith.Mul", &Args{2, 3}, &prod, make(chan *rpc.Call, 1)).Done
	fmt.Println(call.ServiceMethod, *call.Reply.(*int), call.Error)

	cmd := exec.Command("sh", "-c", "read x; echo got $x; echo oops >&2; echo $V; exit 3")
	cmd.Stdin = strings.NewReader("line\n")
	cmd.Env = append(os.Environ(), "V=val")
	var so, se strings.Builder
	cmd.Stdout, cmd.Stderr = &so, &se
	err = cmd.Run()
	var ee *exec.ExitError
	fmt.Printf("%q %q %v %v %d\n", so.String(), se.String(), err, errors.As(err, &ee), ee.ExitCode())
	out, err := exec.Command("printf", "%s-%s", "a", "b").Output()
	fmt.Println(string(out), err)
	_, err = exec.LookPath("no-such-program-here")
	fmt.Println(errors.Is(err, exec.ErrNotFound), err)
	pr := exec.Command("cat")
	in, _ := pr.StdinPipe()
	op, _ := pr.StdoutPipe()
	fmt.Println(pr.Start())
	fmt.Fprintln(in, "through cat")
	in.Close()
	b, _ = io.ReadAll(op)
	fmt.Print(string(b), pr.Wait(), pr.ProcessState.Success(), "\n")
}
