using ModelTools.MSBuild.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.MSBuild.Tests;

/// <summary>The generated class compiles where warnings are errors, and a program finds its model through it.</summary>
[Collection(Builds.Name)]
public class GeneratedClassTests(PackageFeed feed)
{
    [Fact]
    public void A_program_uses_the_names_and_the_path()
    {
        var project = new TestProject(feed, "program").Write(
            """<ModelFile Include="models/net.h5" GenerateClass="Acme.Models.Net" ClassAccess="public" />""",
            "<OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisLevel>latest-recommended</AnalysisLevel><GenerateDocumentationFile>true</GenerateDocumentationFile><LangVersion>7.3</LangVersion><Nullable>disable</Nullable><NoWarn>$(NoWarn);CS1591</NoWarn>").Add("valid.h5");
        File.WriteAllText(project["Program.cs"], """
            using System;
            using System.IO;
            using Acme.Models;

            internal static class Program
            {
                private static void Main()
                {
                    Console.WriteLine(new FileInfo(Net.FullPath).Length == Net.Bytes);
                    Console.WriteLine(Net.ModelPath + " " + Net.Digest);
                    Console.WriteLine(Net.Inputs.X.Name + " " + Net.Inputs.X.DType + " " + string.Join(",", Net.Inputs.X.Shape) + " " + Net.Inputs.X.ElementType);
                    Console.WriteLine(Net.Outputs.Count + " " + Net.Outputs.B.Name + " " + Net.Weights.AKernel + " " + Net.Layers.A);
                }
            }
            """);
        project.Build().Succeeds();
        var (exitCode, output) = project.Start();
        Assert.True(exitCode == 0, output);
        var digest = ModelContract.Of(project["models/net.h5"]).Digest;
        Assert.Equal(["True", $"models/net.h5 {digest}", "x float32 -1,3 System.Single", "1 b a/kernel a"], output.ReplaceLineEndings("\n").Trim().Split('\n'));

        // Nullable contexts, the newest language and small letters give no warning either.
        project.Write("""<ModelFile Include="models/net.h5" GenerateClass="Acme.Models.Net" /><ModelFile Include="models/net.h5" GenerateClass="net" />""", "<OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors><LangVersion>latest</LangVersion>");
        project.Rebuild().Succeeds();
    }

    [Fact]
    public void A_name_that_is_none_fails_the_build_with_advice()
    {
        var project = new TestProject(feed, "badname").Write("""<ModelFile Include="models/net.h5" GenerateClass="Acme.1Net" />""").Add("valid.h5");
        Assert.Equal(["MT6004"], project.Build().Fails().Errors);
    }
}
