// Asks for everything that there is, once, and keeps what it heard under "tour". Shows how each call looks.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"orderlab.example/workers/orderlab"
)

func handle(attempt *orderlab.Attempt) error {
	if attempt.Topic == "payment-failed" {
		return orderlab.Failure(orderlab.Never, "nothing to see here")
	}
	if attempt.Topic == "order-canceled" {
		panic("a mistake of the tour's own")
	}
	fmt.Println("what is printed goes to the log")
	fmt.Fprintf(os.Stderr, "%s of %s\n", attempt.Worker.Member, attempt.Worker.Group)
	var before interface{}
	if _, err := attempt.Read("tour", &before); err != nil {
		return err
	}
	now, err := attempt.Now()
	if err != nil {
		return err
	}
	chance, err := attempt.Random()
	if err != nil {
		return err
	}
	if err := attempt.Sleep(250 * time.Millisecond); err != nil {
		return err
	}
	charge, err := attempt.Charge(orderlab.ChargeRequest{PaymentKey: "tour", Amount: "1.50"})
	if err != nil {
		return err
	}
	returned, err := attempt.Refund("tour")
	if err != nil {
		return err
	}
	changed, err := attempt.SetStatus("paid")
	if err != nil {
		return err
	}
	heard := map[string]interface{}{
		"before": before,
		"now":    now.UnixMicro(),
		"chance": []interface{}{chance.Unit, chance.UUID},
		"charge": []interface{}{charge.Approved, charge.Payment},
		"refund": returned,
		"status": changed,
	}
	_, err = attempt.Charge(orderlab.ChargeRequest{})
	if refused := (*orderlab.Error)(nil); errors.As(err, &refused) {
		heard["error"] = []interface{}{refused.Code, refused.Message, refused.Retry}
	}
	attempt.Write("tour", heard)
	attempt.Write("gone", nil)
	attempt.Notify()
	attempt.Emit("payment-failed", orderlab.Data{"reason": "the tour is over"})
	return nil
}

func main() { orderlab.Run(handle, orderlab.Options{Pipeline: 8}) }
