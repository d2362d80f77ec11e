// Package orderlab is what a worker for Orderlab needs: one file, nothing besides Go's own packages. Go 1.19 or later.
//
//	func handle(attempt *orderlab.Attempt) error {
//		answer, err := attempt.Charge(orderlab.ChargeRequest{PaymentKey: attempt.Order()})
//		if err != nil {
//			return err
//		}
//		if answer.Approved {
//			attempt.Emit("payment-succeeded", orderlab.Data{"payment_id": answer.Payment})
//		} else {
//			attempt.Emit("payment-failed", orderlab.Data{"reason": answer.Reason})
//		}
//		return nil
//	}
//
//	func main() { orderlab.Run(handle, orderlab.Options{}) }
//
// Orderlab starts the program, and handle is called for each event. When it returns nil, the event is handled, and
// everything that it asked for happens in one transaction. When it returns an error, nothing of it happens, and the event
// comes again. Time and randomness come from the attempt (Now, Random, Sleep), so that a simulation can repeat a run
// exactly. What you print goes to standard error, which is Orderlab's log. The protocol: docs/worker-protocol.md.
package orderlab

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"
)

const (
	protocol     = 1
	lineBytesMax = 64 * 1024
	messageMax   = 300
)

// Handler handles one event. With Options.Pipeline above 1 it is called from several goroutines at the same time.
type Handler func(attempt *Attempt) error

// Options of Run. The zero value is right for a simple worker.
type Options struct {
	// Pipeline says how many events may be in progress at once, 1 to 128. 0 means 1: the handler is never called
	// twice at the same time.
	Pipeline int
}

// Worker is who this process is.
type Worker struct {
	Group     string   `json:"group"`
	Member    string   `json:"member"`
	Seed      uint64   `json:"seed"` // For a generator of your own.
	Simulated bool     `json:"simulated"`
	Topics    []string `json:"topics"`
}

// Event is a CloudEvent.
type Event struct {
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Subject     string    `json:"subject"` // The order's id.
	Time        time.Time `json:"time"`
	Traceparent string    `json:"traceparent"`
	Data        EventData `json:"data"`
}

// EventData is what an event says. PaymentID and Reason are empty in events that have none.
type EventData struct {
	UserID    string `json:"user_id"`
	Amount    string `json:"amount"` // Such as "19.99".
	Currency  string `json:"currency"`
	PaymentID string `json:"payment_id"`
	Reason    string `json:"reason"`
}

// Data is what an emitted event has besides customer, amount and currency.
type Data map[string]interface{}

// Retry says when a failed attempt is tried again.
type Retry string

// When to try again: at once and not counted; after a delay, as often as the group's policy allows, then a dead letter; a
// dead letter at once.
const (
	Now   Retry = "now"
	Later Retry = "later"
	Never Retry = "never"
)

// Error is why Orderlab did not do what was asked. To return it is mostly right: it fails the attempt.
type Error struct {
	Code    string `json:"code"` // Such as "unavailable", "peer-failed", "canceled".
	Message string `json:"message"`
	Retry   Retry  `json:"retry"`
}

func (e *Error) Error() string { return e.Message }

// Failure fails the attempt on purpose. Any other error does so, too, with Later.
func Failure(retry Retry, format string, arguments ...interface{}) error {
	return &failure{fmt.Errorf(format, arguments...), retry}
}

type failure struct {
	error
	retry Retry
}

func (f *failure) Unwrap() error { return f.error }

// ChargeRequest is what Charge asks for.
type ChargeRequest struct {
	PaymentKey string `json:"payment_key,omitempty"` // The gateway charges once under each. Empty: a new charge.
	Amount     string `json:"amount,omitempty"`      // Such as "19.99". Empty: the event's.
}

// ChargeAnswer is what the gateway said.
type ChargeAnswer struct {
	Approved bool   `json:"approved"`
	Payment  string `json:"payment"` // The payment's id, if it was approved.
	Reason   string `json:"reason"`  // Why it was not.
}

// Chance is a number in [0, 1) and the text of a UUID.
type Chance struct {
	Unit float64 `json:"unit"`
	UUID string  `json:"uuid"`
}

// Attempt is one try to handle one event. Its methods are called from one goroutine at a time.
type Attempt struct {
	Worker    Worker
	ID        uint64
	Number    int // 1: the first try.
	Topic     string
	Partition int
	Offset    int64
	Event     Event

	connection *connection
	answers    chan answer
	wrong      error // Of an effect: the first.
}

// Order is the order's id.
func (a *Attempt) Order() string { return a.Event.Subject }

// Data is what the event says.
func (a *Attempt) Data() EventData { return a.Event.Data }

// Read puts your group's value under key into value, as json.Unmarshal does, with what this attempt has written. False:
// there is none, and value stays as it is.
func (a *Attempt) Read(key string, value interface{}) (bool, error) {
	raw, err := a.ask(message{"type": "read", "key": key})
	if err != nil || string(raw) == "null" {
		return false, err
	}
	return true, json.Unmarshal(raw, value)
}

// Charge charges the event's customer. A declined card is an answer, not an error.
func (a *Attempt) Charge(request ChargeRequest) (ChargeAnswer, error) {
	question := message{"type": "charge"}
	if request.PaymentKey != "" {
		question["payment_key"] = request.PaymentKey
	}
	if request.Amount != "" {
		question["amount"] = request.Amount
	}
	var charged ChargeAnswer
	err := a.askFor(question, &charged)
	return charged, err
}

// Refund returns what was charged under this key, and refuses later charges under it. False: there was nothing.
func (a *Attempt) Refund(paymentKey string) (bool, error) {
	var value struct{ Returned bool }
	err := a.askFor(message{"type": "refund", "payment_key": paymentKey}, &value)
	return value.Returned, err
}

// SetStatus moves the order to "paid", "failed" or "canceled". False: it was final already and stays as it is.
func (a *Attempt) SetStatus(status string) (bool, error) {
	var value struct{ Changed bool }
	err := a.askFor(message{"type": "set-status", "status": status}, &value)
	return value.Changed, err
}

// Now is the time, UTC; virtual in simulation.
func (a *Attempt) Now() (time.Time, error) {
	var value struct {
		UnixMicro int64 `json:"unix_us"`
	}
	err := a.askFor(message{"type": "now"}, &value)
	return time.UnixMicro(value.UnixMicro).UTC(), err
}

// Random is chance: the same in each run of a seed.
func (a *Attempt) Random() (Chance, error) {
	var value Chance
	err := a.askFor(message{"type": "random"}, &value)
	return value, err
}

// Sleep waits, at most an hour; virtual in simulation.
func (a *Attempt) Sleep(duration time.Duration) error {
	_, err := a.ask(message{"type": "sleep", "ms": duration.Milliseconds()})
	return err
}

// Write keeps your group's value under key when the attempt is done: anything that json.Marshal takes; nil deletes it. One
// that it does not take fails the attempt.
func (a *Attempt) Write(key string, value interface{}) {
	a.effect(message{"type": "write", "key": key, "value": value})
}

// Notify notifies the customer of this event when the attempt is done.
func (a *Attempt) Notify() { a.effect(message{"type": "notify"}) }

// Emit sends a new event about the same order when the attempt is done.
func (a *Attempt) Emit(topic string, data Data) {
	if data == nil {
		data = Data{}
	}
	a.effect(message{"type": "emit", "topic": topic, "data": data})
}

type message map[string]interface{}

type answer struct {
	Value json.RawMessage `json:"value"`
	Error *Error          `json:"error"`
}

func (a *Attempt) say(m message) error {
	m["id"] = a.ID
	return a.connection.say(m)
}

func (a *Attempt) effect(m message) {
	if err := a.say(m); err != nil && a.wrong == nil {
		a.wrong = err
	}
}

func (a *Attempt) ask(m message) (json.RawMessage, error) {
	if err := a.say(m); err != nil {
		return nil, err
	}
	select {
	case got := <-a.answers:
		if got.Error != nil {
			return nil, got.Error
		}
		return got.Value, nil
	case <-a.connection.gone:
		return nil, &Error{Code: "canceled", Message: "Orderlab is gone", Retry: Later}
	}
}

func (a *Attempt) askFor(m message, value interface{}) error {
	raw, err := a.ask(m)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, value)
}

// A connection writes on a goroutine of its own: one system call for all lines that are there.
type connection struct {
	lines   chan []byte // Nil: everything before it is to be written now.
	flushed chan struct{}
	gone    chan struct{} // Closed: nobody will answer any more.
}

func newConnection(output io.Writer) *connection {
	c := &connection{lines: make(chan []byte, 1024), flushed: make(chan struct{}), gone: make(chan struct{})}
	go func() {
		writer := bufio.NewWriterSize(output, lineBytesMax)
		for line := range c.lines {
			writer.Write(line) // An error stays in the writer; the end of our input follows.
			if len(c.lines) == 0 {
				writer.Flush()
			}
			if line == nil {
				c.flushed <- struct{}{}
			}
		}
	}()
	return c
}

func (c *connection) say(m message) error {
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if len(line) >= lineBytesMax {
		return fmt.Errorf("%v has %d bytes; Orderlab takes %d", m["type"], len(line), lineBytesMax)
	}
	c.lines <- append(line, '\n')
	return nil
}

func (c *connection) flush() {
	c.lines <- nil
	<-c.flushed
}

// handle ends the attempt with exactly one of done and fail.
func (a *Attempt) handle(handler Handler) {
	err := a.call(handler)
	if err == nil {
		err = a.wrong
	}
	if err == nil {
		a.say(message{"type": "done"})
		return
	}
	retry := Later
	var answered *Error
	var meant *failure
	if errors.As(err, &meant) {
		retry = meant.retry
	} else if errors.As(err, &answered) {
		retry = answered.Retry
	}
	text := []rune(err.Error())
	if len(text) > messageMax {
		text = text[:messageMax]
	}
	a.say(message{"type": "fail", "message": string(text), "retry": retry})
}

// call makes an error of a panic.
func (a *Attempt) call(handler Handler) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			fmt.Fprintf(os.Stderr, "panic: %v\n%s", reason, debug.Stack())
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	return handler(a)
}

// incoming is any line from Orderlab.
type incoming struct {
	Type     string `json:"type"`
	Protocol int    `json:"protocol"`
	Worker
	ID      uint64 `json:"id"`
	Attempt int    `json:"attempt"`
	From    struct {
		Topic     string `json:"topic"`
		Partition int    `json:"partition"`
		Offset    int64  `json:"offset"`
	} `json:"from"`
	Event *Event `json:"event"`
	answer
}

// Run calls handler for each event until Orderlab ends the program; then it returns. It ends the program if nobody speaks
// the protocol with it.
func Run(handler Handler, options Options) {
	if about, err := os.Stdin.Stat(); err == nil && about.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintf(os.Stderr, "This is a worker: Orderlab starts it and talks to it. Try:\n"+
			"  orderlabd simulate --worker payment='%s'\n", os.Args[0])
		os.Exit(1)
	}
	output := os.Stdout
	os.Stdout = os.Stderr // What the program prints must not get between our lines.
	if err := serve(os.Stdin, output, handler, options); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(input io.Reader, output io.Writer, handler Handler, options Options) error {
	lines := json.NewDecoder(bufio.NewReaderSize(input, lineBytesMax))
	var first incoming
	if err := lines.Decode(&first); err == io.EOF {
		return nil
	} else if err != nil || first.Type != "init" || first.Protocol != protocol {
		return fmt.Errorf("this worker speaks protocol %d, Orderlab said: %q, protocol %d", protocol, first.Type, first.Protocol)
	}
	if options.Pipeline == 0 {
		options.Pipeline = 1
	}
	c := newConnection(output)
	if err := c.say(message{"type": "ready", "protocol": protocol, "pipeline": options.Pipeline,
		"name": filepath.Base(os.Args[0])}); err != nil {
		return err
	}
	places := options.Pipeline
	if first.Simulated { // An attempt that Orderlab has given up may still run as the next one begins.
		places = 1
	}
	finished := make(chan error, 2)
	go func() {
		l := listener{worker: first.Worker, connection: c, handler: handler, running: map[uint64]*Attempt{},
			places: make(chan struct{}, places)}
		err := l.listen(lines, finished)
		close(c.gone)
		l.all.Wait()
		finished <- err
	}()
	err := <-finished
	c.flush()
	return err
}

// A listener starts a goroutine for each event and hands out the answers. A handler holds one of places.
type listener struct {
	worker     Worker
	connection *connection
	handler    Handler
	places     chan struct{}
	all        sync.WaitGroup
	mutex      sync.Mutex // Guards running.
	running    map[uint64]*Attempt
}

// listen returns when there is nothing more to hear. After shutdown it says that all is finished when it is.
func (l *listener) listen(lines *json.Decoder, finished chan<- error) error {
	for {
		var in incoming
		if err := lines.Decode(&in); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		switch in.Type {
		case "event":
			l.start(&Attempt{Worker: l.worker, ID: in.ID, Number: in.Attempt, Topic: in.From.Topic,
				Partition: in.From.Partition, Offset: in.From.Offset, Event: *in.Event, connection: l.connection,
				answers: make(chan answer, 1)})
		case "answer":
			l.mutex.Lock()
			attempt := l.running[in.ID]
			l.mutex.Unlock()
			if attempt != nil {
				attempt.answers <- in.answer
			}
		case "shutdown":
			go func() { // Answers still come.
				l.all.Wait()
				finished <- nil
			}()
		}
	}
}

func (l *listener) start(attempt *Attempt) {
	l.mutex.Lock()
	l.running[attempt.ID] = attempt
	l.mutex.Unlock()
	l.all.Add(1)
	go func() {
		defer l.all.Done()
		l.places <- struct{}{}
		attempt.handle(l.handler)
		<-l.places
		l.mutex.Lock()
		delete(l.running, attempt.ID)
		l.mutex.Unlock()
	}()
}
