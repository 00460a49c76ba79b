"""A hand-made dump in the format of GeoNames, of a province that is not: lines, and files of them."""

from __future__ import annotations

import zipfile
from pathlib import Path


def line(number: int, name: str, feature: str = "P.PPL", *, at: tuple[float, float] = (33.0, 43.0), **values: str) -> str:
    """One line: class and code joined by a point, the other columns under GeoNames' names."""
    kind, code = feature.split(".")
    told = {"ascii": name, "alternates": "", "country": "IQ", "admin1": "91", "admin2": "", "admin3": "", "population": "0",
            "modified": "2020-01-01", **values}  # fmt: skip
    columns = (str(number), name, told["ascii"], told["alternates"], str(at[0]), str(at[1]), kind, code, told["country"], "")
    units = (told["admin1"], told["admin2"], told["admin3"], "")
    return "\t".join((*columns, *units, told["population"], "", "50", "Asia/Baghdad", told["modified"]))


LINES = [
    line(9001, "Muḩāfaz̧at Zarmand", "A.ADM1", ascii="Muhafazat Zarmand", at=(33.4, 43.4), alternates="Zarmand Governorate"),
    line(9002, "Qaḑā’ al Wazrah", "A.ADM2", admin2="701", alternates="Wazrah District", at=(33.3, 43.1)),
    line(9003, "Nāḩiyat Tulmin", "A.ADM3", admin2="701", admin3="7011", at=(33.2, 43.0)),
    line(9010, "Zarmand", "P.PPLA", at=(33.5, 43.5), population="210000"),
    line(9011, "Wazrah", "P.PPLA2", admin2="701", at=(33.3, 43.2), population="9000"),
    line(9012, "Bilqandar", admin2="701", admin3="7011", at=(33.21, 43.01), alternates="Belqandar,بلقندر,blqndr"),
    line(9013, "Kafr Turvash", admin2="701", at=(33.35, 43.15)),
    line(9014, "Police", at=(33.1, 43.1)),
    line(9015, "Omar", at=(33.1, 43.2)),
    line(9016, "Zarmand", at=(34.4, 43.9)),
    line(9017, "Old Shirvan", "P.PPLH", at=(33.9, 43.9)),
    line(9020, "Dilsuz", "P.PPLX", at=(33.51, 43.51)),
    line(9021, "Ghazalin", "S.CMPRF", admin2="701", at=(33.25, 43.05)),
    line(9022, "Nahr Mardush", "H.STM", alternates="Mardush River", at=(33.6, 43.3)),
    line(9023, "Jabal Kezvan", "T.MT", alternates="Kezvan Mountains", at=(33.7, 43.2)),
    line(9027, "Kūh-e Sardān", "T.MTS", ascii="Kuh-e Sardan", at=(33.8, 43.2)),
    line(9028, "Golshan", "V.FRST", at=(33.8, 43.4)),
    line(9029, "Buḩayrat Sīmūn", "H.LK", ascii="Buhayrat Simun", at=(33.8, 43.6)),
    line(9024, "Ba‘shuq Hotel", "S.HTL"),
    line(9025, "Kingdom of Nowhere", "A.PCLI"),
    line(9026, "Deep Water", "U.TRGU", country=""),
]  # fmt: skip
BAD_LINES = ["9030\tShort line", line(9031, "Polar", at=(133.0, 43.0)), line(9032, ""), line(9033, "Odd", "X.ODD")]
ADMIN1 = ["IQ.91\tZarmand Region\tZarmand Region\t9001"]
ADMIN2 = ["IQ.91.701\tAl-Wazrah\tAl-Wazrah\t9002"]
ALTERNATE_NAMES = [
    "1\t9012\ten\tBelqander\t1\t\t\t\t\t",
    "2\t9012\t\tBelqandar\t\t\t\t1\t\t",
    "3\t9013\tfr\tTurvache\t\t\t\t\t\t",
    "4\t9013\tlink\thttps://example.org/Kafr\t\t\t\t\t\t",
    "5\t77\ten\tElsewhere\t\t\t\t\t\t",
]


def write(path: Path, lines: list[str]) -> Path:
    """A file of lines; in an archive with a readme, as GeoNames packs it, if its name ends so."""
    text = "".join(f"{each}\n" for each in lines)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("readme.txt", "Columns are described here.")
            archive.writestr(f"{path.stem}.txt", text)
    else:
        path.write_text(text, encoding="utf-8")
    return path
