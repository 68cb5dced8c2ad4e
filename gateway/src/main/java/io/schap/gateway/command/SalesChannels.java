package io.schap.gateway.command;

import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.PutChannelEncoder;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Iterator;
import org.agrona.DirectBuffer;

/** Makes the sales channels that a request is the first to name, before its own command is sent. */
final class SalesChannels {

    private final CommandDesk desk;
    private final PutChannelEncoder encoder = new PutChannelEncoder();

    SalesChannels(final CommandDesk desk) {
        this.desk = desk;
    }

    /** Goes on at once when all are known, else when those that are not have been made. */
    void ensure(final Exchange exchange, final Collection<String> names, final Exchange.Step next) {
        ensure(exchange, names.iterator(), next);
    }

    private void ensure(final Exchange exchange, final Iterator<String> names, final Exchange.Step next) {
        while (names.hasNext()) {
            final String name = names.next();
            if (desk.view().channelIndex(name) < 0) {
                put(exchange, name, names, next);
                return;
            }
        }
        next.run();
    }

    private void put(
            final Exchange exchange, final String name, final Iterator<String> names, final Exchange.Step next) {
        final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        desk.keys()
                .fill(
                        encoder.wrapAndApplyHeader(desk.buffer(), 0, desk.header())
                                .envelope(),
                        new RequestKey(exchange.request().caller().actor(), null, 0, 0),
                        0,
                        -1);
        encoder.putName(bytes, 0, bytes.length);
        desk.send(exchange, encoder.encodedLength(), (answer, offset) -> {
            refuseUnlessMade(answer, offset, name);
            ensure(exchange, names, next);
        });
    }

    private void refuseUnlessMade(final DirectBuffer answer, final int offset, final String name) {
        final ResultCode code = desk.replies().code(answer, offset);
        if (code == ResultCode.LIMIT_REACHED) {
            throw Problem.invalid(
                    "/channel",
                    "channel holds \"" + name + "\", and "
                            + desk.view().settings().maxChannels()
                            + " other sales channels exist; it may hold one of those");
        }
        desk.replies().refuseIfRefused(answer, offset);
    }
}
