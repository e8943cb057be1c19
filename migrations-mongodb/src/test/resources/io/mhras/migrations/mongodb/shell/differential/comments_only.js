// migrate:transaction none
/* nothing
   here */
