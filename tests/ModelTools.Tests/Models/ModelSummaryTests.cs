using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tensors;

namespace ModelTools.Tests.Models;

public sealed class ModelSummaryTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(79)]
    [InlineData(100)]
    public void A_table_is_no_wider_than_asked_and_loses_nothing(int width)
    {
        var summary = new ModelSummary(Branches());
        var lines = summary.ToString(width).Split(Environment.NewLine);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.Single(lines.Where(line => line.Length > 2 && "┏┡└".Contains(line[0], StringComparison.Ordinal)).Select(line => line.Length).Distinct());

        var column = string.Concat(lines.Where(line => line.StartsWith('│')).Select(line => line.Split('│')[4].Trim()));
        Assert.Equal(string.Concat(summary.Layers.SelectMany(layer => string.Join(",", layer.ConnectedTo))), column.Replace(", ", ",", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith('│') && line.Contains(" 216 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_that_fits_is_drawn_as_it_is()
    {
        var summary = new ModelSummary(Branches());
        Assert.Equal(summary.ToString(), summary.ToString(500));
    }

    private static Model Branches()
    {
        var image = Model.Input([Shape.Unknown, 8], name: "a_picture_of_something");
        SymbolicTensor[] branches = [.. Enumerable.Range(1, 3).Select(place => new ModelLayer(new Dense(24) { Name = $"a_rather_long_branch_{place}" }).Apply([image])[0])];
        return Model.Functional([image], new ModelLayer(new Concatenate { Name = "all_of_them" }).Apply(branches), "branches");
    }
}
