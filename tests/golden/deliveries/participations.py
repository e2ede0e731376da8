"""Three months of invented participations from three services, in measures of which one is in no inventory."""

from tests.golden.avs import avs

HEADER = "No participation;No mesure;No AVS;Date de début;Date de fin;Issue;Coût du mois"

S1 = f"1;M1;{avs(11)};01.12.2016"
S2 = f"2;M2;{avs(12)};12.12.2016"
S3 = f"3;M9;{avs(15)};16.01.2017"
# The number 1 of the SASO is another one.
A1 = f"1;M1;{avs(13)};05.12.2016"
A2 = f"2;M2;{avs(14)};09.01.2017"
I1 = f"1;M1;{avs(16)};13.02.2017"

FILES = {
    "semp/participations_2016-12.csv": ([HEADER, f"{S1};;;800.00", f"{S2};;;1100.00"], "2017-01-09T08:00:00"),
    "semp/participations_2017-01.csv": (
        [HEADER, f"{S1};20.01.2017;EMPLOI;640.00", f"{S2};;;1100.00", f"{S3};;;500.00"],
        "2017-02-09T08:00:00",
    ),
    "semp/participations_2017-02.csv": ([HEADER, f"{S2};15.02.2017;ABANDON;550.00", f"{S3};;;500.00"], "2017-03-08T08:00:00"),
    "saso/participations_2016-12.csv": ([HEADER, f"{A1};;;900.00"], "2017-01-10T08:00:00"),
    "saso/participations_2017-01.csv": ([HEADER, f"{A1};;;900.00", f"{A2};;;700.00"], "2017-02-10T08:00:00"),
    # The second one is no longer there, and nothing says how it ended.
    "saso/participations_2017-02.csv": ([HEADER, f"{A1};28.02.2017;FORMATION;900.00"], "2017-03-10T08:00:00"),
    # Without an outcome the line is kept out.
    "oai/participations_2017-02.csv": ([HEADER, f"{I1};;;0.00", f"2;M1;{avs(17)};01.02.2017;10.02.2017;;0.00"], "2017-03-10T09:00:00"),
}
