// Charges new orders and refunds canceled ones, as Orderlab's own payment group does.
//
//	go build -o payment.bin ./payment && orderlabd worker test ./payment.bin --group payment --seeds 200
package main

import "orderlab.example/workers/orderlab"

// known is what we keep for each order.
type known struct {
	State   string `json:"state"` // "paid", "failed", "refunded" or "canceled"
	Payment string `json:"payment,omitempty"`
}

func handle(attempt *orderlab.Attempt) error {
	var before known
	isKnown, err := attempt.Read(attempt.Order(), &before)
	if err != nil {
		return err
	}
	if attempt.Topic == "order-canceled" {
		return cancel(attempt, isKnown, before)
	}
	if isKnown { // It is done, or was canceled before we came.
		return nil
	}
	return charge(attempt)
}

func charge(attempt *orderlab.Attempt) error {
	// The order's id is the payment key: the same on every attempt, so that the gateway charges once.
	answer, err := attempt.Charge(orderlab.ChargeRequest{PaymentKey: attempt.Order()})
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
	// Also where we know of no charge: an attempt may have charged and then failed. No charge can come after this.
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

func main() { orderlab.Run(handle, orderlab.Options{}) }
