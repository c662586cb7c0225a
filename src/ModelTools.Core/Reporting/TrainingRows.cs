using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Reporting;

/// <summary>How a model is trained, as rows of a table.</summary>
internal static class TrainingRows
{
    /// <summary>Optimizer with its options, losses and metrics.</summary>
    public static IReadOnlyList<OptionData> Of(TrainingConfiguration training, KerasDialect dialect)
    {
        List<OptionData> rows = [];
        if (training.Optimizer is { } optimizer)
        {
            rows.Add(new OptionData("optimizer", optimizer.ClassName, true, 0));
            rows.AddRange(OptionRows.Of(optimizer, dialect, depth: 1).Where(row => row.IsSet || row.Key is "learning_rate" or "lr"));
        }

        rows.AddRange(Rows("loss", training.Loss, loss => OptionRows.Text(loss, dialect)));
        rows.AddRange(Rows("loss weights", training.LossWeights, weight => OptionRows.Text(weight, dialect)));
        rows.AddRange(Rows("metrics", training.Metrics, list => Texts(list, dialect)));
        rows.AddRange(Rows("weighted metrics", training.WeightedMetrics, list => Texts(list, dialect)));
        return rows;
    }

    private static string Texts(IReadOnlyList<Metric> metrics, KerasDialect dialect) => string.Join(", ", metrics.Select(metric => OptionRows.Text(metric, dialect)));

    private static IEnumerable<OptionData> Rows<T>(string key, PerOutput<T>? items, Func<T, string> text)
    {
        if (items is null)
        {
            return [];
        }

        if (items.IsSingle)
        {
            return items.Single is { } single ? [Row(key, single)] : [];
        }

        return items.Named is { } named
            ? named.Where(pair => pair.Value is not null).Select(pair => Row($"{key} of {pair.Key}", pair.Value!))
            : items.Listed!.Value.Select((item, index) => (Item: item, Index: index)).Where(pair => pair.Item is not null).Select(pair => Row($"{key} of output {pair.Index + 1}", pair.Item!));

        OptionData Row(string name, T item) => new(name, text(item), true, 0);
    }
}
