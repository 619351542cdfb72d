package org.skep.planner.explain;

/** Any text as part of an HTML page or an SVG picture. */
final class HtmlText {
    private HtmlText() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\t', '\n' -> out.append(' '); // one line stays one line
                default -> out.append(c < ' ' || c == 0x7f ? '\ufffd' : c);
            }
        }
        return out.toString();
    }

    /** The beginning of a text that is longer than {@code most} characters. */
    static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
