using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Packaging;

namespace ModelTools.MSBuild.Tests;

/// <summary>Packages of models: what they carry, and what they do in a project that knows nothing of ModelTools.</summary>
[Collection(Builds.Name)]
public class PackageTests(PackageFeed feed)
{
    [Fact]
    public void A_consumer_gets_the_model_and_notices_when_it_was_changed()
    {
        // Whatever means something in project files and in XML.
        const string Name = "net @(1);é%3B$(MSBuildProjectName)&amp;'[1].h5";
        var include = string.Concat(Name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or ' ' or 'é' ? $"{character}" : $"%{(int)character:x2}"));
        var producer = new TestProject(feed, "producer").Write($"""<ModelFile Include="models/{include}" Pack="true" />""").Add("valid.h5", $"models/{Name}");
        producer.Build("-t:PackageModels", $"-p:PackageOutputPath={feed.Feed}", "-p:ModelPackageId=Acme.Net.Models", "-p:Version=1.2.3").Succeeds();

        var consumer = new TestProject(feed, "consumer").Write("""<PackageReference Include="Acme.Net.Models" Version="1.2.3" />""", usesTools: false);
        consumer.Build().Succeeds();
        Assert.Equal(File.ReadAllBytes(producer[$"models/{Name}"]), File.ReadAllBytes(consumer[$"bin/Debug/net10.0/models/{Name}"]));
        Assert.Contains(JsonSerializer.Serialize(Name).Trim('"'), consumer.Rebuild("-getItem:ModelFile").Output, StringComparison.OrdinalIgnoreCase);

        // One bit, and the time that it had.
        var packed = Path.Combine(feed.Packages, "acme.net.models", "1.2.3", "models", Name);
        var bytes = File.ReadAllBytes(packed);
        bytes[5000] ^= 1;
        File.WriteAllBytes(packed, bytes);
        File.SetLastWriteTimeUtc(packed, new DateTime(1999, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["MT3009"], consumer.Rebuild().Fails().Errors);
        File.Delete(packed);
        Assert.Contains("MT6001", consumer.Rebuild().Fails().Errors);
    }

    [Fact]
    public void Pack_puts_the_models_beside_the_assembly()
    {
        var project = new TestProject(feed, "Acme.Pack").Write("""<ModelFile Include="models/net.h5" Pack="true" GenerateClass="Acme.Net" />""", "<TargetFrameworks>net10.0;net8.0</TargetFrameworks><Version>2.0.0</Version>").Add("valid.h5");
        var result = project.Run("pack", "-o", feed.Feed).Succeeds();

        // Two frameworks, one check.
        Assert.Single(result.TaskMessages, text => text.EndsWith("net.h5 is valid.", StringComparison.Ordinal));
        using (var package = ZipFile.OpenRead(Path.Combine(feed.Feed, "Acme.Pack.2.0.0.nupkg")))
        {
            string[] expected = ["build/Acme.Pack.props", "build/Acme.Pack.targets", "buildTransitive/Acme.Pack.targets", "lib/net10.0/Acme.Pack.dll", "models/models.lock.json", "models/net.h5"];
            Assert.Empty(expected.Except(package.Entries.Select(entry => entry.FullName)));
        }

        // A consumer that uses both packages: the model is checked against the lock that came with it, and copied once.
        var consumer = new TestProject(feed, "both").Write("""<PackageReference Include="Acme.Pack" Version="2.0.0" />""");
        Assert.Equal(["ValidateModels"], consumer.Build().Succeeds().Tasks);
        Assert.Contains("models/net.h5", consumer.Outputs());
        consumer.Run("publish", "--no-restore").Succeeds();
        Assert.Contains("models/net.h5", consumer.Outputs("bin/Release/net10.0/publish"));

        Assert.Contains("MT3022", project.Run("pack", "--no-restore", "-p:ModelPackageMaximumBytes=1000").Fails().Errors);
    }

    [Fact]
    public void The_same_models_give_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var options = new ModelPackageOptions { Models = [Path.Combine(TestFolders.Fixtures, "builds", "valid.h5")], Id = "Acme.Same", Version = "1.0.0-beta.1", Authors = "A & B", OutputFolder = folder["one"] };
        var one = ModelPackage.Create(options);
        var two = ModelPackage.Create(options with { OutputFolder = folder["two"] });
        Assert.Equal(SHA256.HashData(File.ReadAllBytes(one.Path)), SHA256.HashData(File.ReadAllBytes(two.Path)));
        Assert.Equal("MT6002", Assert.Throws<Diagnostics.ModelToolsException>(() => ModelPackage.Create(options)).Code.Id);
        Assert.Equal("MT3022", Assert.Throws<Diagnostics.ModelToolsException>(() => ModelPackage.Create(options with { MaximumBytes = 10 })).Code.Id);
    }
}
