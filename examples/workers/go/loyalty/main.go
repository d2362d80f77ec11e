// A further group: gives customers a point for each whole unit of money that they pay, and takes it back with a refund.
//
//	orderlabd simulate --worker loyalty='go run ./loyalty' --topics payment-succeeded,payment-refunded
package main

import (
	"strconv"
	"strings"

	"orderlab.example/workers/orderlab"
)

func handle(attempt *orderlab.Attempt) error {
	key := "points/" + attempt.Data().UserID
	whole, _, _ := strings.Cut(attempt.Data().Amount, ".")
	points, err := strconv.Atoi(whole)
	if err != nil {
		return err
	}
	if attempt.Topic == "payment-refunded" {
		points = -points
	}
	sum := 0
	if _, err := attempt.Read(key, &sum); err != nil {
		return err
	}
	// Adding twice would be wrong. It is right because what we write and the note that this event is handled are one
	// transaction: either both are there or neither.
	attempt.Write(key, sum+points)
	return nil
}

func main() { orderlab.Run(handle, orderlab.Options{Pipeline: 16}) }
