// dotnet tool restore && dotnet cake --target=Test
var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");

const string Solution = "FoodDelivery.sln";

Task("Clean")
    .Does(() =>
{
    CleanDirectories("./{domain,adapters,protos,services,tests}/**/bin");
    CleanDirectories("./{domain,adapters,protos,services,tests}/**/obj");
});

Task("Restore")
    .Does(() => DotNetRestore(Solution));

Task("Build")
    .IsDependentOn("Restore")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings
    {
        Configuration = configuration,
        NoRestore = true,
    }));

Task("Test")
    .IsDependentOn("Build")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings
    {
        Configuration = configuration,
        NoBuild = true,
    }));

Task("Run")
    .Does(() => DotNetRun("services/Local", new DotNetRunSettings { Configuration = configuration }));

Task("Bench")
    .Does(() => DotNetRun("tests/Bench", new ProcessArgumentBuilder().Append("--quick"), new DotNetRunSettings { Configuration = "Release" }));

// What the product is made of, as CycloneDX writes it: artifacts/bom.json. The restore has refused what has a known vulnerability.
Task("Sbom")
    .IsDependentOn("Restore")
    .Does(() =>
{
    var arguments = "tool run dotnet-CycloneDX services/Local/FoodDelivery.Services.Local.csproj --recursive --exclude-dev --output artifacts --output-format Json --disable-package-restore";
    if (StartProcess("dotnet", arguments) != 0)
        throw new CakeException("The bill of materials was not written.");
});

RunTarget(target);
