"""Tables in and out: upload, preview, confirm or drop; everything in one workbook."""
