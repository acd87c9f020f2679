package org.igniterealtime.openfire.plugin.omemo.admin;

import java.util.List;
import java.util.function.Function;

/**
 * The rows of a long table that one page shows.
 *
 * @param page its number, from 1 on
 * @param pages how many there are
 * @param total how many rows there are on all pages
 */
public record Excerpt<T>(List<T> rows, int page, int pages, int total) {

    static final int SIZE = 50;

    /** @param wanted the number of the page; one that does not exist stands for the last */
    static <T> Excerpt<T> of(List<T> all, int wanted) {
        int pages = Math.max(1, (all.size() + SIZE - 1) / SIZE);
        int page = Math.min(wanted, pages);
        int from = (page - 1) * SIZE;
        return new Excerpt<>(all.subList(from, Math.min(all.size(), from + SIZE)), page, pages, all.size());
    }

    /** The same rows, each told in another way. */
    <U> Excerpt<U> map(Function<T, U> teller) {
        return new Excerpt<>(rows.stream().map(teller).toList(), page, pages, total);
    }
}
