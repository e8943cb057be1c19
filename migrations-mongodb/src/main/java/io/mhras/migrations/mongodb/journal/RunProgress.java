package io.mhras.migrations.mongodb.journal;

/**
 * How far a script came that runs statement by statement.
 *
 * @param done up to which of its calls all is done
 * @param line of the last one of them
 * @param open the line of a write after them that may be done, or in part; 0 if there is none
 */
public record RunProgress(int done, int line, int open) {

    /** Nothing that stays. */
    static final RunProgress NONE = new RunProgress(0, 0, 0);

    /** The same with an open write in this line; 0 for none. */
    RunProgress open(int newOpen) {
        return new RunProgress(done, line, newOpen);
    }

    public boolean isNone() {
        return done == 0 && open == 0;
    }

    /** What of it stays, in words. */
    public String kept() {
        if (isNone()) {
            return "nothing of it was done.";
        }
        String before = done == 0 ? "" : "what it did up to line " + line + " is done and stays";
        String last = open == 0 ? "" : "its statement in line " + open + " may be done, or a part of it";
        return before + (done == 0 || open == 0 ? "" : "; ") + last + ".";
    }

    /** What to do about an error after that. */
    public String remedy() {
        if (isNone()) {
            return "Correct the script and start again: it runs from its beginning.";
        }
        return open == 0
                ? "Correct the script after line " + line + " and start again: it goes on there."
                : "Leave that statement as it is. Then start again: the script goes on there, or says what to look at. If the"
                        + " server refused it, you may also do the rest of it by hand: 'repair' takes it as done.";
    }
}
