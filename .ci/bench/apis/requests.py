"""Renders cases.py as curl commands for the servers that run, as the bench mocks does."""
import importlib.util
import os

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("mocks_requests", os.path.join(HERE, "..", "mocks", "requests.py"))
mocks = importlib.util.module_from_spec(spec)
spec.loader.exec_module(mocks)  # its "cases" is the one beside this file
mocks.RUN, mocks.HERE = mocks.RUN.replace("/mocks/", "/apis/"), HERE
cases = mocks.cases
