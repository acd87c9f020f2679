package org.igniterealtime.openfire.plugin.omemo.bot;

import java.util.Set;
import org.igniterealtime.openfire.plugin.omemo.protocol.Family;

/** How each step of a self-test goes, and what it needs. */
final class SelfTestStage {

    private final SelfTestCast cast;
    private final EncryptionScenes encryption;
    private final EnforcementScenes enforcement;

    SelfTestStage(SelfTestCast cast) {
        this.cast = cast;
        encryption = new EncryptionScenes(cast);
        enforcement = new EnforcementScenes(cast);
    }

    /** The steps that must have passed before. */
    static Set<SelfTestStep> needs(SelfTestStep step) {
        return switch (step) {
            case BOTS, ACCOUNT, CLEAN_UP -> Set.of();
            case PUBLISH -> Set.of(SelfTestStep.ACCOUNT);
            case FETCH -> Set.of(SelfTestStep.BOTS, SelfTestStep.PUBLISH);
            case ROOM -> Set.of(SelfTestStep.BOTS);
            case ENTER -> Set.of(SelfTestStep.ROOM);
            case DEVICE_REMOVED -> Set.of(SelfTestStep.FETCH, SelfTestStep.ENTER);
            default -> Set.of(SelfTestStep.ENTER);
        };
    }

    void play(SelfTestStep step) throws StepException {
        switch (step) {
            case BOTS -> cast.wakeBots();
            case ACCOUNT -> cast.logIn();
            case PUBLISH -> cast.publish();
            case FETCH -> cast.fetch();
            case ROOM -> cast.makeRoom();
            case ENTER -> cast.enter();
            case MESSAGE_0_4 -> encryption.exchange(Family.OMEMO_1);
            case MESSAGE_0_8 -> encryption.exchange(Family.OMEMO_2);
            case RESTART -> encryption.restart();
            case OUT_OF_ORDER -> encryption.mixUp();
            case INSIDE_CONTENT -> encryption.react();
            case PLAINTEXT -> enforcement.writePlainly();
            case WRONG_FAMILY -> enforcement.writeLegacy();
            case LEAK -> enforcement.leak();
            case DEVICE_REMOVED -> encryption.removeDevice();
            case CLEAN_UP -> cast.cleanUp();
        }
    }
}
