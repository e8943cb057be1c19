package io.mhras.migrations.postgresql.sql;

import java.util.List;
import java.util.Random;

/** Writes scripts that are valid and as hard to split as PostgreSQL allows. */
final class ScriptGenerator {

    private static final List<String> GAPS = List.of(
            " ",
            "\n",
            "\t",
            "\r\n",
            " /* a; b */ ",
            " /* /* nested ' */ ; */ ",
            " -- it's; a \" comment $$ \n",
            "\n\n    ",
            "\f",
            " /*--*/ ",
            " --\n");

    /** {@code ~} stands for a gap, {@code #} for a number that nothing else in the script has. */
    private static final List<String> STATEMENTS = List.of(
            "CREATE~TABLE~t#~(id~int~PRIMARY~KEY,~\"a;b\"~text~DEFAULT~'x;''y',~c~text~DEFAULT~E'it\\'s;\\n')",
            "CREATE~TABLE~\"T;#\"~(\"quo\"\"te;\"~int,~CHECK~(\"quo\"\"te;\"~<>~-1))",
            "CREATE~FUNCTION~f#(a~int,~b~int)~RETURNS~int~LANGUAGE~plpgsql~AS~$b$~BEGIN~RETURN~$1~+~$2;~/*~'~*/~END;~$b$",
            "CREATE~FUNCTION~g#()~RETURNS~text~LANGUAGE~sql~AS~$a#$~SELECT~'$$;'::text;~$a#$",
            "CREATE~FUNCTION~h#(x~int)~RETURNS~text~LANGUAGE~sql~BEGIN~ATOMIC~SELECT~CASE~WHEN~x~>~0~THEN~CASE~x~WHEN~1"
                    + "~THEN~'one;'~ELSE~'more'~END~ELSE~'none'~END;~END",
            "CREATE~PROCEDURE~p#()~LANGUAGE~sql~BEGIN~ATOMIC~SELECT~1;~SELECT~CASE~WHEN~true~THEN~2~END;~END",
            "CREATE~VIEW~v#~AS~SELECT~';'~AS~a,~$$;$$~AS~b,~$q$it's;$q$~AS~c,~E'\\\\;'~AS~d,~U&'\\003b'~AS~e,~B'1'~AS~f",
            "CREATE~TABLE~r#~(id~int);~CREATE~RULE~rule#~AS~ON~INSERT~TO~r#~DO~ALSO~(SELECT~1;~SELECT~';';~NOTIFY~n#)",
            "CREATE~SCHEMA~s#~CREATE~TABLE~inner#~(id~int)~CREATE~VIEW~outer#~AS~SELECT~id~FROM~inner#",
            "DO~$do$~DECLARE~x~text~:=~'CREATE TABLE made# (id int);';~BEGIN~EXECUTE~x;~END~$do$",
            "CREATE~TYPE~e#~AS~ENUM~('a;',~'b''c',~'d$$')",
            "CREATE~TABLE~k#~(a$b$c~int,~\"$$\"~int);~COMMENT~ON~TABLE~k#~IS~'one;'\n'two'",
            "CREATE~TABLE~l#~(j~jsonb);~CREATE~INDEX~ON~l#~((j~?~'k;'));~CREATE~INDEX~ON~l#~((j->>'a'))",
            "CREATE~TABLE~m#~(a~int~GENERATED~ALWAYS~AS~IDENTITY,~b~int[]~DEFAULT~'{1,2}'::int[],~c~int~DEFAULT~1+-1)",
            "CREATE~OR~REPLACE~FUNCTION~tf#()~RETURNS~trigger~LANGUAGE~plpgsql~AS~' BEGIN RETURN NEW; END; '",
            "SELECT~set_config('my.case',~CASE~WHEN~1~=~1~THEN~'begin;'~ELSE~'end'~END,~false)",
            ";;",
            "CREATE~VIEW~w#~AS~SELECT~'a'\n'b;'~AS~joined,~E'c\\''\n';d'~AS~escaped,~1~<->~2~IS~NULL~AS~op"
                    .replace("~<->~", "~-~-~"));

    private final Random random;
    private int number;

    ScriptGenerator(long seed) {
        this.random = new Random(seed);
    }

    String script() {
        StringBuilder script = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        int statements = 3 + random.nextInt(8);
        for (int i = 0; i < statements; i++) {
            number++;
            String template = STATEMENTS.get(random.nextInt(STATEMENTS.size())).replace("#", Integer.toString(number));
            template.chars().forEach(c -> {
                if (c == '~') {
                    script.append(GAPS.get(random.nextInt(3) == 0 ? random.nextInt(GAPS.size()) : 0));
                } else {
                    script.append((char) c);
                }
            });
            script.append(random.nextBoolean() ? ";\n" : " ; ");
        }
        return script.toString();
    }
}
