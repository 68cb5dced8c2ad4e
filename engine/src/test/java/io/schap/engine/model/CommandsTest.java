package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.ReservationStateEncoder;
import io.schap.engine.command.sbe.ReserveDecoder;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class CommandsTest {

    @Test
    void shouldEncodeWhatTheBuilderWasTold() {
        final UnsafeBuffer command = Commands.reserve()
                .channel(3)
                .key(77)
                .line(1, 2, 3)
                .line(4, 5, 6)
                .hold(900)
                .owner("cart-81", 8, 9)
                .encode();

        final ReserveDecoder body = new ReserveDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        assertEquals(3, body.envelope().channel());
        assertEquals(1, body.envelope().logicVersion());
        assertEquals(77, body.envelope().keyLo());
        assertEquals(900, body.holdSeconds());
        final ReserveDecoder.LinesDecoder lines = body.lines();
        assertEquals(2, lines.count());
        assertEquals(1, lines.next().store());
        assertEquals(6, lines.next().quantity());
        assertEquals("cart-81", body.owner());
        assertEquals("", body.reference());
        assertEquals(command.capacity(), body.limit());
    }

    @Test
    void shouldFitMostLinesAndRowsIntoACommand() {
        final Commands.Reserve reserve = Commands.reserve()
                .owner("o".repeat(Limits.MAX_TEXT_BYTES), 1, 1)
                .reference("r".repeat(Limits.MAX_TEXT_BYTES), 1, 1);
        for (int i = 0; i < Limits.MAX_LINES; i++) {
            reserve.line(0, i, 1);
        }
        assertTrue(reserve.encode().capacity() <= Limits.MAX_COMMAND_BYTES);

        final MovementsBuilder movements = Commands.movements();
        for (int i = 0; i < Limits.MAX_ROWS_PER_COMMAND; i++) {
            movements.receipt(0, i, 1);
        }
        assertTrue(movements.encode().capacity() <= Limits.MAX_MOVEMENTS_BYTES);
    }

    @Test
    void shouldDecodeAnAnswerToWhatItSays() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final ReservationStateEncoder body =
                new ReservationStateEncoder().wrapAndApplyHeader(buffer, 16, new MessageHeaderEncoder());
        body.answer()
                .code((short) ResultCode.CREATED.ordinal())
                .flags((short) 1)
                .sequence(5)
                .timeMs(6);
        body.reservation(7).state((short) 1).channel((short) 2).createdAtMs(8).deadlineMs(9);
        body.changedSequence(10)
                .linesCount(1)
                .next()
                .store(1)
                .sku(2)
                .requested(3)
                .quantity(4)
                .fulfilled(5)
                .released(6);
        body.owner("é").reference("").paymentReference("pay");

        final Answer answer = Answer.decode(buffer, 16, body.limit() - 16);

        assertTrue(answer.replayed());
        assertEquals(
                new Answer.Reservation(
                        new Answer.Head(ResultCode.CREATED, 1, 5, 6),
                        7,
                        ReservationStatus.HELD,
                        2,
                        new Answer.Times(8, 9, 10),
                        List.of(new Answer.Line(1, 2, 3, 4, 5, 6)),
                        Answer.Texts.of("é", "", "pay")),
                answer);
        assertFalse(answer.withHead(new Answer.Head(ResultCode.OK, 0, 1, 1)).replayed());
    }
}
