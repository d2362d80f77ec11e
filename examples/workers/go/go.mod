module orderlab.example/workers

go 1.19
