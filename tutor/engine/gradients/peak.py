"""The largest slope of each activation."""

# γ of Pascanu, Mikolov & Bengio 2013: sigmoid and tanh have it at 0 only, ReLU wherever it is on
LARGEST_SLOPE = {"tanh": 1.0, "relu": 1.0, "sigmoid": 0.25}
