using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Tests.Training;

/// <summary>Learning-rate schedules against Keras's values.</summary>
public sealed class ScheduleTests
{
    [SkippableTheory]
    [InlineData(false, 20)]
    [InlineData(true, 20)]
    public void Recorded_schedules_have_their_values(bool all, int count)
    {
        using var cases = RecordedCases.Open(all, "training", "tables");
        var (done, failures) = (0, new List<string>());
        foreach (var recorded in cases.In("schedules"))
        {
            var schedule = FixtureObjects.Create<LearningRateSchedule>(recorded.Class, recorded.Config, recorded.Dialect);
            var values = Enumerable.Range(0, 40).Select(step => (float)schedule.At(step)).ToArray();
            if (Closeness.Difference(recorded.Find("value")!, Tensor.FromArray(values), 1e-6) is { } difference)
            {
                failures.Add($"{recorded}: {difference}");
            }

            done++;
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(count, done);
    }

    [Fact]
    public void A_number_is_a_schedule_and_old_decay_divides_it()
    {
        Optimizer optimizer = new SGD { LearningRate = 0.5, Decay = 0.25, Generation = OptimizerGeneration.Keras2Legacy };
        Assert.Equal(0.25, optimizer.LearningRateAt(4));
        Assert.Equal(0.5, optimizer.LearningRateAt(4, current: 1));
    }
}
