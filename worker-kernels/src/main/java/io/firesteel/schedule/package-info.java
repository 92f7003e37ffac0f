/**
 * Learning-rate schedules: stateless records that give the rate of each step.
 *
 * <p>The one decision: a schedule is a function of the step, and whatever else it remembers is a
 * {@link io.firesteel.schedule.ScheduleState} of the caller, so that a resumed run goes on with the same bits.
 * Schedules that count their own steps were rejected.
 */
package io.firesteel.schedule;
