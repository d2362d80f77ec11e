// Moves orders to paid or failed, as Orderlab's own order-status group does.
//
//	go build -o order-status.bin ./order-status
//	orderlabd worker test ./order-status.bin --group order-status --seeds 200
package main

import "orderlab.example/workers/orderlab"

var statuses = map[string]string{"payment-succeeded": "paid", "payment-failed": "failed"}

func handle(attempt *orderlab.Attempt) error {
	status, is := statuses[attempt.Topic]
	if !is { // A payment was returned: that order is canceled already.
		return nil
	}
	_, err := attempt.SetStatus(status)
	return err
}

func main() { orderlab.Run(handle, orderlab.Options{Pipeline: 16}) }
