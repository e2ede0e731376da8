"""A month of invented training sessions."""

HEADER = "No séance;Date;Service;Participants"

FILES = {
    # The session of January does not belong here.
    "cii/formations_cii_2017-02.csv": (
        [HEADER, "S1;14.02.2017;SEMP;6", "S1;14.02.2017;SASO;4", "S1;14.02.2017;OAI;0", "S2;20.01.2017;SMIG;3"],
        "2017-03-06T08:00:00",
    ),
}
