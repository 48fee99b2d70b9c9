"""Item models over frozen values, each run through Qt's own model tester in the tests."""
