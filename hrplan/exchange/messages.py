"""The words of faults: for each key what is wrong and what to do, as templates to be translated."""


def gettext_noop(text: str) -> str:
    """The text itself, marked for the collection of translations."""
    return text


MESSAGES: dict[str, str] = {
    "file_missing": gettext_noop("There is no such file."),
    "file_kind": gettext_noop("This kind of file isn't taken."),
    "file_empty": gettext_noop("The file is empty."),
    "file_too_large": gettext_noop("The file has {size} MB; {limit} MB are taken."),
    "old_format": gettext_noop("This is a workbook of the old .xls kind."),
    "other_format": gettext_noop("This workbook is of another kind (.xlsb or .ods)."),
    "encrypted": gettext_noop("The workbook is protected by a password for opening."),
    "not_zip": gettext_noop("This isn't an .xlsx workbook, whatever its name says."),
    "not_csv": gettext_noop("This isn't a text file, whatever its name says."),
    "not_workbook": gettext_noop("The file doesn't hold a workbook."),
    "damaged": gettext_noop("The file is damaged or was cut short."),
    "parts_too_many": gettext_noop("The workbook has {count} parts; {limit} are taken."),
    "part_twice": gettext_noop(
        "The workbook holds the same part twice, so that programs would show different data."
    ),
    "part_name": gettext_noop("The workbook holds a part whose name leads outside the file."),
    "bomb": gettext_noop("Unpacked, the workbook would fill {size} MB; {limit} MB are taken."),
    "doctype": gettext_noop(
        "A part of the workbook declares entities, which spreadsheet programs never do."
    ),
    "part_encoding": gettext_noop("A part of the workbook is in an unusual encoding."),
    "macros": gettext_noop("The workbook holds macros."),
    "external_links": gettext_noop("The workbook draws on other files."),
    "data_connections": gettext_noop("The workbook holds a connection to a data source."),
    "embedded_objects": gettext_noop("The workbook holds embedded objects or controls."),
    "reader_slow": gettext_noop("Reading the file took longer than {seconds} seconds."),
    "reader_stopped": gettext_noop(
        "Reading the file needed more than {megabytes} MB of memory, or stopped without an answer."
    ),
    "unreadable": gettext_noop("The workbook can't be read."),
    "encoding_old": gettext_noop(
        "The file isn't UTF-8; it was read as Windows-1252. The first line concerned is shown."
    ),
    "encoding_unknown": gettext_noop("The encoding of the text isn't known."),
    "encoding_mixed": gettext_noop("The file mixes two encodings."),
    "nul_byte": gettext_noop("The text holds a NUL character."),
    "quotes": gettext_noop(
        "A quotation mark is opened and not closed, or stands within an open field."
    ),
    "field_too_long": gettext_noop("A field is longer than {limit} characters."),
    "no_tables": gettext_noop("No sheet or file has a name that is known here."),
    "sheet_unknown": gettext_noop("This sheet isn't known and is left out."),
    "sheet_goes_out": gettext_noop("The table {table} goes out only; this sheet is left out."),
    "sheet_empty": gettext_noop("This sheet is missing or empty."),
    "row_too_many": gettext_noop("This sheet has one row, and here is another."),
    "sheet_twice": gettext_noop("The table {table} stands already in sheet {other}."),
    "sheet_hidden": gettext_noop("The sheet is hidden; it is read all the same."),
    "rows_hidden": gettext_noop(
        "{count} rows are hidden by hand or by a filter; they are read all the same."
    ),
    "header_missing": gettext_noop("No row of the first {rows} holds the headers of this table."),
    "header_repeated": gettext_noop("This header stands twice in the header row."),
    "header_again": gettext_noop("The headers stand once more below the table."),
    "column_missing": gettext_noop("The column {name} is missing."),
    "column_missing_near": gettext_noop("The column {name} is missing; there is one named {near}."),
    "column_unknown": gettext_noop(
        "This column isn't known and is left out (nearest known: {near})."
    ),
    "column_unnamed": gettext_noop(
        "There are values in a column without a header; they are left out."
    ),
    "rows_too_many": gettext_noop("The sheet reaches to row {count}; {limit} are taken."),
    "columns_too_many": gettext_noop(
        "The sheet reaches to column {last}; {limit} columns and {cells} cells are taken."
    ),
    "cell_address": gettext_noop("The sheet holds rows or cells without a usable address."),
    "text_lost": gettext_noop(
        "The cell points to text {index}, but the workbook holds only {count}."
    ),
    "merged_cells": gettext_noop("The cells {area} are merged."),
    "totals_row": gettext_noop("This row holds totals."),
    "stray_row": gettext_noop("This row holds a single cell, as a note would."),
    "example_row": gettext_noop("This is the example row of the template; it is left out."),
    "required_empty": gettext_noop("A value is missing."),
    "two_answers": gettext_noop("A vote has a level and says that the question does not apply."),
    "cell_error": gettext_noop("The formula in this cell gives the error {error}."),
    "formula_empty": gettext_noop("This formula was never calculated, so there is no value."),
    "cell_kind": gettext_noop("A time of day or a duration can't be taken here."),
    "code_was_number": gettext_noop(
        "The code is stored as a number and was read as {read}; zeros at its front would be lost."
    ),
    "code_scientific": gettext_noop(
        "The code was turned into a number in scientific notation; its digits are lost."
    ),
    "code_fraction": gettext_noop("A code can't be a number with decimals."),
    "code_became_date": gettext_noop("The code was turned into a date by the spreadsheet program."),
    "code_invisible": gettext_noop("The code holds characters that can't be seen."),
    "not_a_number": gettext_noop("This isn't a number."),
    "not_whole": gettext_noop("A whole number is needed."),
    "not_finite": gettext_noop("This isn't a finite number."),
    "number_with_words": gettext_noop("There are words beside the number."),
    "number_ambiguous": gettext_noop("This could be read as {joined} or as {dotted}."),
    "number_grouped": gettext_noop("The commas were taken for thousands; read as {read}."),
    "decimal_comma": gettext_noop("The comma was taken for a decimal point; read as {read}."),
    "number_too_large": gettext_noop("The number has more than {digits} digits."),
    "number_too_long": gettext_noop(
        "The number has more digits than a spreadsheet keeps ({digits})."
    ),
    "number_was_date": gettext_noop(
        "The number was turned into a date by the spreadsheet program."
    ),
    "percent": gettext_noop("A percentage isn't taken here."),
    "money_sign": gettext_noop("A sign of a currency stands in the cell."),
    "word_for_empty": gettext_noop("A word stands for an unknown value."),
    "too_small": gettext_noop("The value is below {limit}."),
    "too_great": gettext_noop("The value is above {limit}."),
    "not_a_date": gettext_noop("This isn't a date."),
    "no_such_day": gettext_noop("There is no such day: {date}."),
    "date_ambiguous": gettext_noop("The date could be {day_first} or {month_first}."),
    "date_rewritten": gettext_noop("The date was read as {read}."),
    "date_serial": gettext_noop(
        "A number stands where a date is needed; as a date it would be {date}."
    ),
    "year_short": gettext_noop("The year has two digits."),
    "year_out_of_range": gettext_noop("The year lies outside {first} to {last}."),
    "time_dropped": gettext_noop("The time of day was left out; read as {read}."),
    "not_yes_or_no": gettext_noop("This is neither yes nor no."),
    "not_a_choice": gettext_noop("This isn't one of the values allowed."),
    "choice_near": gettext_noop("This isn't one of the values allowed; did you mean {near}?"),
    "text_too_long": gettext_noop("The text has {length} characters; {limit} are taken."),
    "text_was_date": gettext_noop("A date stands in a column of text; read as {read}."),
    "control_removed": gettext_noop("Control characters were taken out."),
    "invisible_removed": gettext_noop("Characters that can't be seen were taken out."),
    "direction_removed": gettext_noop(
        "Characters that turn the direction of writing were taken out."
    ),
    "letters_lost": gettext_noop("Letters were lost or misread when the file was saved."),
    "look_alike": gettext_noop(
        "Letters of different alphabets that look alike are mixed in one word."
    ),
    "row_twice": gettext_noop("The same row stands already in row {first} ({key})."),
    "key_twice": gettext_noop("{key} stands already in row {first}, with other values."),
    "key_case": gettext_noop("{key} stands already in row {first}, written with other capitals."),
    "reference_unknown": gettext_noop("This isn't known in {table}."),
    "reference_near": gettext_noop("This isn't known in {table}; did you mean {near}?"),
    "ring": gettext_noop("The chain of {count} runs in a ring: {chain}."),
    "period_reversed": gettext_noop("The end lies before the start ({start})."),
    "exists_differs": gettext_noop("This row exists already and differs in: {columns}."),
    "key_exists": gettext_noop("{key} exists already, written {other}."),
    "list_unmerged": gettext_noop(
        "The cells {area} are merged; their value was taken for each of them."
    ),
    "list_totals": gettext_noop("This row holds totals; it is left out."),
    "list_note": gettext_noop("This row holds a note and no person; it is left out."),
    "list_heading_again": gettext_noop("The headings stand here once more; the row is left out."),
    "list_vacant": gettext_noop("This row tells of a vacant place and no person; it is left out."),
    "list_section": gettext_noop("This line names the unit of the people below it."),
    "list_row_twice": gettext_noop("The same row stands already in row {first}; it is taken once."),
    "list_days_read": gettext_noop(
        "{count} days of this column were written as text or number; the first was read as {read}."
    ),
    "list_name_twice": gettext_noop("More than one person has this name."),
    "list_emptied": gettext_noop(
        "{count} cells of this column hold a word for nothing; they are taken as unknown."
    ),
    "list_number_stored": gettext_noop(
        "{count} staff numbers are stored as numbers; the first was read as {read}."
    ),
    "list_zeros": gettext_noop(
        "Zeros were put in front of {count} staff numbers, as others have; the first became {read}."
    ),
    "person_twice": gettext_noop(
        "The same name and day of birth stand in row {first} under the number {other}."
    ),
    "person_known": gettext_noop(
        "A person of this name and day of birth is here under the number {other}."
    ),
    "person_old": gettext_noop("The person would be {years} years old and still serve."),
    "person_young": gettext_noop("The person would have joined at the age of {years}."),
    "post_twice": gettext_noop("The post stands already in row {first}."),
    "yaml_large": gettext_noop("The file is larger than {limit} MB."),
    "yaml_unread": gettext_noop("The file can't be read as YAML: {why}."),
    "yaml_alias": gettext_noop("A part of the file only points to another part."),
    "yaml_deep": gettext_noop("Lists and blocks stand more than {limit} deep inside each other."),
    "yaml_twice": gettext_noop("A name is given twice: {why}."),
    "shape_missing": gettext_noop("{name} is missing."),
    "shape_unknown": gettext_noop("{name} isn't known here."),
    "shape_kind": gettext_noop("{value} stands where {kind} is needed."),
    "shape_choice": gettext_noop("{value} isn't one of the values allowed."),
    "shape_pattern": gettext_noop("{value} isn't written as needed."),
    "shape_short": gettext_noop("The text is empty or too short."),
    "shape_long": gettext_noop("The text has {size} characters; {limit} are taken."),
    "shape_few": gettext_noop("The list has {size} entries; at least {limit} are needed."),
    "shape_many": gettext_noop("The list has {size} entries; {limit} are taken."),
    "shape_above": gettext_noop("The value isn't above {limit}."),
    "shape_other": gettext_noop("This doesn't fit: {why}."),
    "form_name": gettext_noop("A row of the survey needs a name of letters, digits and _."),
    "form_name_twice": gettext_noop("The name {name} stands already in row {first}."),
    "form_list_unknown": gettext_noop("There is no list of choices named {name}."),
    "form_choice_twice": gettext_noop("The list has the choice {name} already."),
    "form_not_open": gettext_noop("A group or repeat is closed that isn't open."),
    "form_unclosed": gettext_noop("The group or repeat {name} isn't closed."),
    "form_condition": gettext_noop("This condition can't be read."),
    "form_left_out": gettext_noop("{name} ({kind}) has no place in a questionnaire here."),
    "content_kind": gettext_noop("This kind of file holds no questionnaire."),
    "told": gettext_noop("{reason}"),
    "and_more": gettext_noop("{count} more faults of the same kind in this column aren't listed."),
}

ADVICE: dict[str, str] = {
    "file_missing": gettext_noop("Choose the file again."),
    "file_kind": gettext_noop("Send an .xlsx workbook, or .csv files with one table each."),
    "file_empty": gettext_noop("Export or save it again, and look whether it opens."),
    "file_too_large": gettext_noop(
        "Remove pictures, formats and sheets that aren't needed, or send the tables in parts."
    ),
    "old_format": gettext_noop("Open it and save it as .xlsx."),
    "other_format": gettext_noop("Open it and save it as .xlsx."),
    "encrypted": gettext_noop("Open it, remove the password, and save it again."),
    "not_zip": gettext_noop(
        "Open it in a spreadsheet program and save it as .xlsx; if it is text, name it .csv."
    ),
    "not_csv": gettext_noop("If it is a workbook, name it .xlsx; otherwise save it as CSV UTF-8."),
    "not_workbook": gettext_noop("Open it in a spreadsheet program and save it as .xlsx."),
    "damaged": gettext_noop("Copy or download it again; if it opens, save it anew."),
    "parts_too_many": gettext_noop("Copy the tables into a new workbook."),
    "part_twice": gettext_noop("Open it in a spreadsheet program and save it as a new file."),
    "part_name": gettext_noop("Don't use this file; ask its sender for a new one."),
    "bomb": gettext_noop(
        "Delete empty formatted rows and columns, or copy the tables into a new workbook."
    ),
    "doctype": gettext_noop("Don't use this file; ask its sender for a new one."),
    "part_encoding": gettext_noop("Open it in a spreadsheet program and save it as a new file."),
    "macros": gettext_noop("Save it as .xlsx without macros."),
    "external_links": gettext_noop(
        "Replace the links by their values (copy, paste values) and save it again."
    ),
    "data_connections": gettext_noop("Remove the connection, keep the values, and save it again."),
    "embedded_objects": gettext_noop("Remove them and save it again."),
    "reader_slow": gettext_noop("Copy the tables, values only, into a new workbook."),
    "reader_stopped": gettext_noop("Copy the tables, values only, into a new workbook."),
    "unreadable": gettext_noop("Open it in a spreadsheet program and save it as a new file."),
    "encoding_old": gettext_noop(
        "Look whether names with accents are right; next time save as CSV UTF-8."
    ),
    "encoding_unknown": gettext_noop("Save the file as CSV UTF-8."),
    "encoding_mixed": gettext_noop(
        "Save all of it as CSV UTF-8, and look at the names with accents."
    ),
    "nul_byte": gettext_noop("Save the file again as CSV UTF-8."),
    "quotes": gettext_noop("Close it, or double each mark within a text."),
    "field_too_long": gettext_noop("Look for a missing quotation mark, or shorten the text."),
    "no_tables": gettext_noop("Name the sheets: {tables}."),
    "sheet_unknown": gettext_noop(
        "Nothing to do, unless it should be read; then give it the name of its table."
    ),
    "sheet_goes_out": gettext_noop("Nothing to do; such records are made on their pages alone."),
    "sheet_empty": gettext_noop("Fill it in, or begin with a file that was exported here."),
    "row_too_many": gettext_noop("Take it out; a file holds one of a kind."),
    "sheet_twice": gettext_noop("Keep one of the two."),
    "sheet_hidden": gettext_noop("Look whether its rows are meant to be taken in."),
    "rows_hidden": gettext_noop("Look whether they are meant to be taken in."),
    "header_missing": gettext_noop("Write them in one row: {columns}."),
    "header_repeated": gettext_noop("Rename or delete one of the two columns."),
    "header_again": gettext_noop("Delete this row; keep one table in a sheet."),
    "column_missing": gettext_noop("Add it with this header; every row needs a value in it."),
    "column_missing_near": gettext_noop("If it is the same, rename it to {name}."),
    "column_unknown": gettext_noop("Nothing to do, unless it should be read; then rename it."),
    "column_unnamed": gettext_noop("Give the column a header, or delete the values."),
    "rows_too_many": gettext_noop(
        "Delete the rows below the table, empty ones too, or send it in parts."
    ),
    "columns_too_many": gettext_noop("Delete the columns right of the table, empty ones too."),
    "cell_address": gettext_noop(
        "Open the workbook in a spreadsheet program and save it as a new file."
    ),
    "text_lost": gettext_noop(
        "Open the workbook in a spreadsheet program, look at the cell, and save it as a new file."
    ),
    "merged_cells": gettext_noop("Unmerge them and fill in a value in each row."),
    "totals_row": gettext_noop("Delete it; totals are worked out here."),
    "stray_row": gettext_noop("Delete it, or move the note to another sheet."),
    "example_row": gettext_noop("Nothing to do."),
    "required_empty": gettext_noop("Fill it in; if it isn't known, leave out the whole row."),
    "two_answers": gettext_noop("Clear one of the two."),
    "cell_error": gettext_noop("Mend the formula, or write the value."),
    "formula_empty": gettext_noop(
        "Open the workbook in a spreadsheet program and save it, or write the value."
    ),
    "cell_kind": gettext_noop("Write the value in the format of the column."),
    "code_was_number": gettext_noop("Compare it; format the column as text."),
    "code_scientific": gettext_noop("Format the column as text and write the code again."),
    "code_fraction": gettext_noop("Format the column as text and write the code again."),
    "code_became_date": gettext_noop("Format the column as text and write the code again."),
    "code_invisible": gettext_noop("Write the code again by hand."),
    "not_a_number": gettext_noop("Write digits only, with a point before decimals."),
    "not_whole": gettext_noop("Round it, or correct it."),
    "not_finite": gettext_noop("Write the number; leave the cell empty if it isn't known."),
    "number_with_words": gettext_noop("Write the number alone: {number}."),
    "number_ambiguous": gettext_noop("Write {joined} or {dotted}."),
    "number_grouped": gettext_noop("Compare it; write numbers without separators."),
    "decimal_comma": gettext_noop("Compare it; write a point before decimals."),
    "number_too_large": gettext_noop("Correct it."),
    "number_too_long": gettext_noop("Round it."),
    "number_was_date": gettext_noop("Format the cell as a number and write it again."),
    "percent": gettext_noop(
        "Write a plain number: for 15 % write 0.15 or 15, as the meaning of the column says."
    ),
    "money_sign": gettext_noop(
        "Write the number alone; the currency is that of the administration."
    ),
    "word_for_empty": gettext_noop("Leave the cell empty: empty means not known, and isn't zero."),
    "too_small": gettext_noop("Write {limit} or more."),
    "too_great": gettext_noop("Write {limit} or less."),
    "not_a_date": gettext_noop("Write it as year-month-day, such as 2016-02-12."),
    "no_such_day": gettext_noop("Correct the date."),
    "date_ambiguous": gettext_noop("Write {day_first} or {month_first}."),
    "date_rewritten": gettext_noop("Compare it; write dates as year-month-day."),
    "date_serial": gettext_noop("Format the cell as a date, or write {date} as text."),
    "year_short": gettext_noop("Write it with four."),
    "year_out_of_range": gettext_noop("Correct it; leave the cell empty if there is no date."),
    "time_dropped": gettext_noop("Nothing to do, if the day is right."),
    "not_yes_or_no": gettext_noop("Write yes or no."),
    "not_a_choice": gettext_noop("Write one of: {choices}."),
    "choice_near": gettext_noop("Write one of: {choices}."),
    "text_too_long": gettext_noop("Shorten it."),
    "text_was_date": gettext_noop("Compare it; format the column as text."),
    "control_removed": gettext_noop("Compare the text."),
    "invisible_removed": gettext_noop("Nothing to do, if the text is right."),
    "direction_removed": gettext_noop("Compare the text; it could have looked like another."),
    "letters_lost": gettext_noop("Write the text again, and save as CSV UTF-8."),
    "look_alike": gettext_noop("Write the word again in one alphabet."),
    "row_twice": gettext_noop("Delete one of the two."),
    "key_twice": gettext_noop("Keep one of the two, or correct the code."),
    "key_case": gettext_noop("Keep one of the two, or correct the code."),
    "reference_unknown": gettext_noop("Add it to {table}, or correct the code."),
    "reference_near": gettext_noop("Write {near}, or add the code to {table}."),
    "ring": gettext_noop("Break it: one of them can't stand above the others."),
    "period_reversed": gettext_noop("Correct one of the two dates."),
    "exists_differs": gettext_noop("Choose to skip or to update what exists, or take the row out."),
    "key_exists": gettext_noop("Write {other}, or choose another code."),
    "list_unmerged": gettext_noop("Look whether each of these people is meant."),
    "list_totals": gettext_noop("Nothing to do."),
    "list_note": gettext_noop(
        "Nothing to do, unless it should be a person; then give the number and the name."
    ),
    "list_heading_again": gettext_noop("Nothing to do."),
    "list_vacant": gettext_noop("Vacant places belong to the table of posts."),
    "list_section": gettext_noop("Look whether they all belong to it."),
    "list_row_twice": gettext_noop("Nothing to do."),
    "list_days_read": gettext_noop("Look whether day and month are the right way round."),
    "list_name_twice": gettext_noop("Give the staff number instead."),
    "list_emptied": gettext_noop("Nothing to do, unless the value is known."),
    "list_number_stored": gettext_noop(
        "If the numbers begin with zeros, format the column as text and write them anew."
    ),
    "list_zeros": gettext_noop("Look whether these are the right people."),
    "person_twice": gettext_noop("If it is one person, keep one of the numbers."),
    "person_known": gettext_noop("If it is the same person, use that number."),
    "person_old": gettext_noop("Look at the day of birth, or give the day on which they left."),
    "person_young": gettext_noop("Look at both days."),
    "post_twice": gettext_noop("One post is held by one person; correct one of the two."),
    "yaml_large": gettext_noop("A questionnaire needs far less; take out what doesn't belong."),
    "yaml_unread": gettext_noop("Mend the line, or export the content anew and change that."),
    "yaml_alias": gettext_noop("Write the part out where it is needed."),
    "yaml_deep": gettext_noop("Compare the file with one that was exported here."),
    "yaml_twice": gettext_noop("Keep one of the two."),
    "shape_missing": gettext_noop("Add {name}."),
    "shape_unknown": gettext_noop("Take it out, or correct its name. Known: {known}."),
    "shape_kind": gettext_noop("Write {kind}."),
    "shape_choice": gettext_noop("Write one of: {choices}."),
    "shape_pattern": gettext_noop("Write it like {example}."),
    "shape_short": gettext_noop("Write it out."),
    "shape_long": gettext_noop("Shorten it."),
    "shape_few": gettext_noop("Add what is missing."),
    "shape_many": gettext_noop("Take some out."),
    "shape_above": gettext_noop("Write a number above {limit}."),
    "shape_other": gettext_noop("Compare the file with one that was exported here."),
    "form_name": gettext_noop("Begin it with a letter, and leave no blanks in it."),
    "form_name_twice": gettext_noop("Give each row a name of its own."),
    "form_list_unknown": gettext_noop("Add it to the sheet choices, or correct its name."),
    "form_choice_twice": gettext_noop("Keep one of the two."),
    "form_not_open": gettext_noop("Take the row out, or add the one that opens it."),
    "form_unclosed": gettext_noop("Add an end row of the same kind."),
    "form_condition": gettext_noop(
        "Compare one earlier question with one value, such as ${{D1_1_existence}} = 'approved'."
    ),
    "form_left_out": gettext_noop("Nothing to do, if it isn't needed in the diagnostic."),
    "content_kind": gettext_noop("Send a .yaml file or a workbook (.xlsx)."),
    "told": gettext_noop("{advice}"),
    "and_more": gettext_noop("Mend the column as a whole."),
}
