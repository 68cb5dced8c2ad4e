package io.schap.gateway.cli.upload;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server answered to one file.
 *
 * @param rows           read from it, without the header line.
 * @param accepted       rows that were taken.
 * @param rejected       rows that were not.
 * @param created        stores and SKUs that were made.
 * @param rejectedByCode how many rows for which reason.
 * @param ignoredColumns columns that mean nothing to the server.
 * @param errors         the first rejections.
 * @param replayed       whether all of it had been sent before with the same key.
 */
public record UploadResult(
        long rows,
        long accepted,
        long rejected,
        long created,
        Map<String, Long> rejectedByCode,
        List<String> ignoredColumns,
        List<RowError> errors,
        boolean replayed) {

    /**
     * Why a row was rejected.
     *
     * @param line   of the file on which the row begins; the header line is 1.
     * @param code   of the problem.
     * @param detail what is wrong, for a person.
     */
    public record RowError(long line, String code, String detail) {}

    static UploadResult of(final JsonNode answer, final boolean replayed) {
        final Map<String, Long> byCode = new LinkedHashMap<>();
        answer.path("rejectedByCode")
                .properties()
                .forEach(entry -> byCode.put(entry.getKey(), entry.getValue().asLong()));
        final List<String> ignored = new ArrayList<>();
        answer.path("ignoredColumns").forEach(column -> ignored.add(column.asText()));
        final List<RowError> errors = new ArrayList<>();
        for (final JsonNode error : answer.path("errors")) {
            final JsonNode what = error.path("error");
            errors.add(new RowError(
                    error.path("line").asLong(),
                    what.path("code").asText(),
                    what.path("detail").asText()));
        }
        return new UploadResult(
                answer.path("rows").asLong(),
                answer.path("accepted").asLong(),
                answer.path("rejected").asLong(),
                answer.path("created").asLong(),
                byCode,
                ignored,
                errors,
                replayed);
    }
}
