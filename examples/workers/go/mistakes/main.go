// Five payment workers, each with one typical mistake that Orderlab finds: mistakes NAME.
//
//	go build -o mistakes.bin ./mistakes && orderlabd worker test './mistakes.bin without-key' --group payment --seeds 200
package main

import (
	"fmt"
	"os"
	"time"

	"orderlab.example/workers/orderlab"
)

// No payment key, so the gateway cannot know that it has charged already. An attempt that charges and is then cut off, by
// a crash or a lost answer, is followed by one that charges again.
func withoutKey(attempt *orderlab.Attempt) error {
	return charge(attempt, "")
}

// A key for each order, kept in a variable. It is gone when the process is killed: the next one makes another.
func keyInMemory(attempt *orderlab.Attempt) error {
	if _, is := keyOf[attempt.Order()]; !is {
		chance, err := attempt.Random()
		if err != nil {
			return err
		}
		keyOf[attempt.Order()] = chance.UUID
	}
	return charge(attempt, keyOf[attempt.Order()])
}

var keyOf = map[string]string{}

// A key made of the time: each attempt has another. And a simulation that is repeated sees another run.
func ownClock(attempt *orderlab.Attempt) error {
	return charge(attempt, fmt.Sprintf("%s-%d", attempt.Order(), time.Now().UnixNano()))
}

// Notes that the order is handled before it is. The charge fails, the event comes again, and nothing is done.
func remembersTooEarly(attempt *orderlab.Attempt) error {
	if handled[attempt.Order()] {
		return nil
	}
	handled[attempt.Order()] = true
	return charge(attempt, attempt.Order())
}

var handled = map[string]bool{}

// An error is written to the log, and that is all. The event counts as handled, and the order waits for ever.
func swallowsErrors(attempt *orderlab.Attempt) error {
	if err := charge(attempt, attempt.Order()); err != nil {
		fmt.Fprintf(os.Stderr, "order %s was not charged: %v\n", attempt.Order(), err)
	}
	return nil
}

// The rest is right.

type known struct {
	State   string `json:"state"`
	Payment string `json:"payment,omitempty"`
}

func charge(attempt *orderlab.Attempt, key string) error {
	answer, err := attempt.Charge(orderlab.ChargeRequest{PaymentKey: key})
	if err != nil {
		return err
	}
	if answer.Approved {
		attempt.Write(attempt.Order(), known{State: "paid", Payment: answer.Payment})
		attempt.Emit("payment-succeeded", orderlab.Data{"payment_id": answer.Payment})
	} else {
		attempt.Write(attempt.Order(), known{State: "failed"})
		attempt.Emit("payment-failed", orderlab.Data{"reason": answer.Reason})
	}
	return nil
}

func cancel(attempt *orderlab.Attempt, isKnown bool, before known) error {
	if isKnown && before.State != "paid" {
		return nil
	}
	returned, err := attempt.Refund(attempt.Order())
	if err != nil {
		return err
	}
	if returned {
		data := orderlab.Data{"reason": "order canceled"}
		if isKnown {
			data["payment_id"] = before.Payment
		}
		attempt.Write(attempt.Order(), known{State: "refunded"})
		attempt.Emit("payment-refunded", data)
	} else if !isKnown {
		attempt.Write(attempt.Order(), known{State: "canceled"})
	}
	return nil
}

func main() {
	mistakes := map[string]orderlab.Handler{
		"without-key":         withoutKey,
		"key-in-memory":       keyInMemory,
		"own-clock":           ownClock,
		"remembers-too-early": remembersTooEarly,
		"swallows-errors":     swallowsErrors,
	}
	if len(os.Args) != 2 || mistakes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: mistakes without-key|key-in-memory|own-clock|remembers-too-early|swallows-errors")
		os.Exit(1)
	}
	mistake := mistakes[os.Args[1]]
	orderlab.Run(func(attempt *orderlab.Attempt) error {
		var before known
		isKnown, err := attempt.Read(attempt.Order(), &before)
		if err != nil {
			return err
		}
		if attempt.Topic == "order-canceled" {
			return cancel(attempt, isKnown, before)
		}
		if isKnown {
			return nil
		}
		return mistake(attempt)
	}, orderlab.Options{})
}
