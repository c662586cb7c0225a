namespace ModelTools.Tests.Support;

public class FixtureModelTests
{
    [SkippableFact]
    public void A_file_inside_the_archive_is_unpacked()
    {
        var model = FixtureModel.Open("lstm_small");
        Assert.Equal("files.zip", (string?)model.Row("k2/model.h5")["in"]);
        Assert.True(File.Exists(model.PathOf("k2/model.h5")));
        Assert.Contains("saved_model.pb", Directory.GetFiles(model.PathOf("k2/saved_model")).Select(Path.GetFileName));
    }

    [Fact]
    public void The_checksum_is_that_of_zip() => Assert.Equal("cbf43926", Crc32.Of("123456789"u8));
}
