"""The invented world: sample deliveries in the shape the services are asked to send.

Every person here is invented. The AVS numbers have valid check digits, so any of them might by
chance be someone's: no number says anything about the person who may bear it.

Besides `pipelines/reference`, this package is the only place that knows the published figures;
here they come out of the rows by counting. A dataset is one module with a function `deliveries`;
a new one is found by being here.
"""
