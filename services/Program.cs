using FoodDelivery.Platform.Hosting;

// A service's program has no other name than FoodDelivery.Services.NAME, by which it is in the catalog as well.
var name = typeof(Program).Assembly.GetName().Name!.Split('.')[^1];
return await ServiceRunner.Run(name, () => ServiceCatalog.Find(name).Build(args));
