package org.igniterealtime.openfire.plugin.omemo.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.igniterealtime.openfire.plugin.omemo.protocol.Device;
import org.igniterealtime.openfire.plugin.omemo.protocol.DeviceList;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/**
 * An account with {@link #DEVICES} devices.
 *
 * @param number in the order of all; the device ids, which have all the same length, follow from it
 */
record Account(String name, int number) {

    static final int DEVICES = 3;

    /** The id of the item that holds the device list. */
    static final String LIST_ITEM = "current";

    private static final int FIRST_DEVICE = 1_000_000_000;
    private static final int DEVICE_STEP = 10;

    int device(int index) {
        return FIRST_DEVICE + number * DEVICE_STEP + index;
    }

    DeviceList deviceList(Family family) {
        return new DeviceList(family, IntStream.range(0, DEVICES)
            .mapToObj(index -> new Device(device(index), Optional.empty(), Optional.empty())).toList());
    }

    /** What a client asks that meets this account for the first time: its list, and the bundle of each device. */
    List<Question> firstQuestions(Place place) {
        List<Question> questions = new ArrayList<>();
        questions.add(Question.of(Kind.LIST, place, this, 0));
        for (int index = 0; index < DEVICES; index++) {
            questions.add(Question.of(Kind.BUNDLE_2, place, this, index));
        }
        return questions;
    }
}
