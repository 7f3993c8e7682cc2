namespace Mlp.Scoring.Tests.Features;

public class FeatureTests
{
    [Fact]
    public void Dates_BecomeDaysHoursAndNames()
    {
        var date = new DateTime(2024, 2, 29, 18, 0, 0);
        Assert.Equal(19_782.75f, DateFeatures.Days(date));
        Assert.Equal((18f, "Thursday", "February"), (DateFeatures.Hour(date), DateFeatures.Weekday(date), DateFeatures.Month(date)));
        Assert.Equal(1.25f, DateFeatures.DaysSince(date, new DateTime(2024, 2, 28, 12, 0, 0)));
    }

    [Fact]
    public void MissingDate_IsNaNOrEmpty()
    {
        Assert.Equal((float.NaN, float.NaN), (DateFeatures.Days(null), DateFeatures.Hour(null)));
        Assert.Equal(float.NaN, DateFeatures.DaysSince(null, DateTime.UnixEpoch));
        Assert.Equal(("", ""), (DateFeatures.Weekday(null), DateFeatures.Month(null)));
    }

    [Fact]
    public void Texts_AreTrimmedAndJoined()
    {
        Assert.Equal(("Red", "red", ""), (TextValues.Trim(" Red\t"), TextValues.IgnoreCase(" RED"), TextValues.Trim(null)));
    }

    [Fact]
    public void Vector_OfAnotherLength_NamesTheColumn()
    {
        Assert.Equal([float.NaN, float.NaN], NumberSteps.Vector(null, 2, "px").ToArray());
        var exception = Assert.Throws<ArgumentException>(() => NumberSteps.Vector([1], 2, "px"));
        Assert.StartsWith("Column 'px' has 1 numbers; the model takes 2. Give it as many", exception.Message);
    }
}
