"""The words that head the columns of staff lists, in English, French and Spanish."""

import re
import unicodedata
from difflib import get_close_matches
from functools import lru_cache

NOT_WORDS = re.compile(r"[^0-9a-z]+")
EXACT, PART, NEAR = 100, 60, 40  # scores of a heading that is, holds, or resembles known words
ALIKE = 0.86

# In the order in which one wins over another at the same score.
HEADINGS: dict[str, tuple[str, ...]] = {
    "supervisor": (
        "supervisor", "immediate supervisor", "supervised by", "reports to", "reporting officer",
        "line manager", "manager", "supervisor no", "superieur", "superieur hierarchique", "n 1",
        "chef", "responsable", "chef direct", "jefe", "jefe inmediato", "reporta a",
    ),
    "staff": (
        "emp no", "emp num", "emp id", "emp number", "employee no", "employee number",
        "employee id", "employee code", "staff", "staff no", "staff number", "staff id",
        "staff code", "personnel no", "personnel number", "payroll no", "payroll number",
        "file no", "pf no", "service no", "force no", "badge no", "regimental no", "id no", "id",
        "matricule", "no matricule", "numero matricule", "numero d agent", "no agent",
        "no de empleado", "num empleado", "numero de empleado", "codigo de empleado", "legajo",
        "no empleado", "numero de funcionario",
    ),
    "post": (
        "post no", "post number", "post id", "post code", "position no", "position number",
        "position id", "position code", "establishment no", "numero de poste", "no de poste",
        "code poste", "numero de puesto", "no de puesto", "plaza", "no de plaza",
    ),
    "born_on": (
        "dob", "date of birth", "birth date", "birthdate", "birthday", "birth", "born", "born on",
        "date de naissance", "naissance", "ne le", "nee le", "fecha de nacimiento",
        "fecha nacimiento", "fecha nac", "f nacimiento", "nacimiento",
    ),
    "left_on": (
        "left", "left on", "date left", "date of leaving", "leaving date", "termination date",
        "date of separation", "separation date", "date de depart", "date de sortie", "depart",
        "fecha de egreso", "fecha de baja", "fecha de salida", "egreso",
    ),
    "joined_on": (
        "date of appt", "appt date", "appt", "date of appointment", "appointment date",
        "appointment", "date appointed", "date of first appointment", "first appointment",
        "first appt", "date joined", "joined", "joined on", "date of joining", "joining date",
        "start date", "date started", "hire date", "date of hire", "date hired", "hired",
        "date of employment", "employment date", "date employed", "date of entry", "entry date",
        "date of engagement", "doa", "doj", "doe", "date d embauche", "embauche",
        "date de recrutement", "recrutement", "date d entree", "date de nomination",
        "date de prise de service", "prise de service", "fecha de ingreso", "fecha ingreso",
        "ingreso", "fecha de nombramiento", "fecha de contratacion", "fecha de alta",
    ),
    "unit": (
        "station", "duty station", "work station", "workstation", "unit", "section", "department",
        "dept", "division", "branch", "office", "location", "place of work", "posting", "port",
        "bureau", "service", "unite", "direction", "affectation", "lieu d affectation",
        "lieu de travail", "unidad", "departamento", "oficina", "seccion", "aduana", "estacion",
        "lugar de trabajo", "dependencia", "direccion",
    ),
    "profile": ("profile", "job profile", "competency profile", "role", "profil", "perfil"),
    "grade": (
        "grade", "pay grade", "salary grade", "scale", "pay scale", "salary scale", "level",
        "pay level", "echelon", "classe", "grado", "nivel", "escala", "nivel salarial",
    ),
    "rank": (
        "rank", "post", "position", "job title", "title", "designation", "substantive post",
        "present post", "post title", "position title", "job", "occupation", "poste", "fonction",
        "emploi", "titre", "cargo", "puesto", "rango", "funcion",
    ),
    "gender": ("gender", "sex", "m f", "f m", "sexe", "genre", "h f", "sexo", "genero"),
    "email": (
        "email", "e mail", "email address", "e mail address", "mail", "work email",
        "official email", "courriel", "adresse e mail", "adresse electronique",
        "correo", "correo electronico",
    ),
    "education": (
        "education", "qualification", "qualifications", "highest qualification",
        "academic qualification", "level of education", "highest level of education", "diplome",
        "niveau d etudes", "formation", "estudios", "nivel de estudios", "escolaridad",
        "formacion", "nivel academico",
    ),
    "kind": ("category", "staff category", "employee category", "categorie", "categoria"),
    "is_acting": ("acting", "is acting", "acting appointment", "interim", "interino", "encargado"),
    "surname": (
        "surname", "last name", "family name", "nom de famille", "apellido", "apellidos",
        "primer apellido",
    ),
    "first_names": (
        "first name", "first names", "given name", "given names", "forename", "forenames",
        "christian name", "other names", "prenom", "prenoms", "nombre", "nombres",
    ),
    "name": (
        "name", "names", "full name", "employee name", "employee", "staff name", "name of officer",
        "officer", "name of employee", "nom", "nom complet", "nom et prenom", "nom et prenoms",
        "noms et prenoms", "agent", "nombre completo", "nombre y apellido", "nombre y apellidos",
        "apellidos y nombres", "nombres y apellidos", "funcionario", "empleado",
    ),
}  # fmt: skip
COUNTERS = {"", "no", "nr", "num", "sn", "sno", "srno", "serialno", "item", "numero", "line", "seq"}
FEMALE = {"f", "female", "femme", "feminin", "fem", "femenino", "femenina", "mujer", "w", "woman"}
MALE = {"m", "male", "man", "masc", "masculin", "homme", "h", "masculino", "hombre", "varon"}
OFFICER = {"officer", "officers", "uniformed", "customs", "customsofficer", "enforcement"}
SUPPORT = {"support", "supportstaff", "civilian", "administrative", "clerical", "ancillary"}
TOTALS = {
    "total", "totals", "grandtotal", "subtotal", "sum", "totalstaff", "totaux", "soustotal",
    "totalgeneral", "suma", "headcount", "effectif", "effectiftotal",
}  # fmt: skip
VACANT = {"vacant", "vacancy", "vacante", "poste vacant", "vacant post", "tba", "tbd"}
MONTHS: dict[str, int] = {
    word: number
    for number, names in enumerate(
        (
            "janvier janv enero ene", "fevrier fevr fev febrero", "mars marzo",
            "avril avr abril abr",
            "mai mayo", "juin junio", "juillet juil julio", "aout agosto ago",
            "septembre septiembre setiembre set", "octobre octubre", "novembre noviembre",
            "decembre diciembre dic",
        ),
        start=1,
    )
    for word in names.split()
}  # fmt: skip


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Words without accents, case and signs, parted by single spaces."""
    bare = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return NOT_WORDS.sub(" ", kept.casefold()).strip()


def tight(text: str) -> str:
    """The same without spaces: D.O.B. and dob are one."""
    return plain(text).replace(" ", "")


KNOWN = {tight(words): field for field, each in HEADINGS.items() for words in each}
PARTS = [(frozenset(w.split()), field) for field, each in HEADINGS.items() for w in each]
LONG = [words for words in KNOWN if len(words) > 4]


@lru_cache(maxsize=4096)
def scores(heading: str) -> dict[str, int]:
    """How well a heading fits each field that it may stand for; those it can't are absent."""
    form, words = tight(heading), set(plain(heading).split())
    if form in KNOWN:
        return {KNOWN[form]: EXACT}
    found: dict[str, int] = {}
    for part, field in PARTS:
        if part <= words and (len(part) > 1 or len(next(iter(part))) > 2):
            score = PART + 5 * len(part) - 2 * (len(words) - len(part))
            score += 20 if field == "supervisor" else 0
            found[field] = max(found.get(field, 0), score)
    if not found and len(form) > 4:
        for near in get_close_matches(form, LONG, n=1, cutoff=ALIKE):
            found[KNOWN[near]] = NEAR
    return found
