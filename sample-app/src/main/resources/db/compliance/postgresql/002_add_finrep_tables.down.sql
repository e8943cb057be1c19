-- Removes the tables for detailed financial reporting, with their data.

DROP TABLE regulatory.corep_own_funds;
DROP TABLE regulatory.finrep_forbearance_data;
DROP TABLE regulatory.finrep_geographical_data;
DROP TABLE regulatory.finrep_income_statement;
DROP TABLE regulatory.finrep_balance_sheet;
