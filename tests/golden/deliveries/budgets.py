"""The budgets of three services, one of them for a measure in no inventory."""

HEADER = "No mesure;Budget annuel;Places réservées"

FILES = {
    "semp/budgets_2016.csv": ([HEADER, "M1;24000.00;2", "M2;30000.00;2"], "2016-02-01T08:00:00"),
    "semp/budgets_2017.csv": ([HEADER, "M1;24'000.00;2", "M2;30'000.00;2"], "2017-01-31T08:00:00"),
    "saso/budgets_2017.csv": ([HEADER, "M1;18000.00;1", "M9;5000.00;1"], "2017-02-15T08:00:00"),
    "smig/budgets_2017.csv": ([HEADER, "M4;21000.00;3"], "2017-01-30T08:00:00"),
}
