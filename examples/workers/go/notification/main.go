// Notifies customers of everything that happens to their orders, as Orderlab's own notification group does.
//
//	go build -o notification.bin ./notification
//	orderlabd worker test ./notification.bin --group notification --seeds 200
package main

import "orderlab.example/workers/orderlab"

func handle(attempt *orderlab.Attempt) error {
	attempt.Notify()
	return nil
}

func main() { orderlab.Run(handle, orderlab.Options{Pipeline: 64}) }
